import sys; sys.path.insert(0,"/tmp")
from datetime import date, datetime, time
import pytest
@pytest.mark.parametrize("kw", [dict(anchor=a,seed=s,scale=sc,history_days=h) for a,s,sc,h in ((date(2026,11,24),1,1,35),(date(2026,11,24),3,.15,35),(date(2026,11,22),1,1,35))])
def test_look(db, kw):
    import demo2_look, sys
    print(kw)
    demo2_look.look(**kw)
    from tillit.teamwork.planning.adapter.engine import propose
    from tillit.teamwork.planning.rules.presets import Preset
    from tillit.teamwork.planning import queries
    from tillit.foundation.organisation.models import Unit
    from tillit.kernel import oslo
    td = queries.team_day(unit=Unit.objects.get(name="Team Solvik"), on=kw["anchor"], shift_kind="DAY")
    for at in (time(7,42), time(8,40)):
      import time as t; t0=t.time()
      answer, q = propose(td.day, at=oslo.moment(kw["anchor"], at), preset=Preset("KNOWN_FACES"), keep_present=True, iterations=3000)
      print("secs", t.time()-t0)
      old={(r.visit_id,r.employee_id,r.starts_at) for r in td.day.rows}; new={(r.visit_id,r.employee_id,r.starts_at) for r in answer.rows}
      print("UNC left", answer.uncovered, "changed visits", len({a[0] for a in old^new}))
      for v in sorted({a[0] for a in old^new}):
        c=td.day.call_by_id[v]
        print("CH", td.briefs[c.citizen_id].family_name, [(td.day.worker_by_id[a[1]].initials, oslo.clock_of(a[2])) for a in old if a[0]==v], "->", [(td.day.worker_by_id[a[1]].initials, oslo.clock_of(a[2])) for a in new if a[0]==v])
