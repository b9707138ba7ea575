import sys; sys.path.insert(0,"/tmp")
from datetime import date, datetime, timezone
import pytest
@pytest.mark.parametrize("kw", [dict(anchor=a,seed=s,scale=sc,history_days=h) for a in (date(2026,11,24),date(2026,11,22),date(2026,11,23),date(2026,11,27),date(2026,12,25),date(2026,3,29)) for s,sc,h in ((1,1,35),(3,.15,10),(3,.05,8))])
def test_look(db, kw):
    import demo2_look, sys
    print(kw)
    demo2_look.look(**kw)
