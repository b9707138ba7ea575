/** What can be done without coverage, known by the address its form is sent to. The server knows each by its name (`acts.py`). */
const VISIT = '^/min-dag/besok/(?<visit>\\d+)/';
const CITIZEN = '^/brukere/(?<citizen>\\d+)/';

/**
 * draft: what its text is called in the browser's own memory; empty when it carries none. stays: one goes on with the visit
 * afterwards. ends: the visit is over with it, until it is taken back. lists: the fields that may hold several.
 * answered: the press asks what to do. Only from a visit's page, where the phone
 * can show it; what got through at once leads to the server's own answer.
 */
const WAYS = [
  { act: 'visit.report', path: new RegExp(`${VISIT}ferdig/$`), draft: 'visit-{visit}', ends: true, lists: ['about', 'not_done'] },
  { act: 'visit.undo', path: new RegExp(`${VISIT}angre/$`), draft: 'visit-{visit}' },
  { act: 'visit.change', path: new RegExp(`${VISIT}endret/$`), draft: 'change-{visit}' },
  { act: 'visit.move', path: new RegExp(`${VISIT}flytt/$`), stays: true },
  { act: 'visit.cancel', path: new RegExp(`${VISIT}avlys/$`), draft: 'cancel-{visit}', ends: true },
  { act: 'visit.hand_over', path: new RegExp(`${VISIT}gi/$`) },
  { act: 'visit.take', path: new RegExp(`${VISIT}ta/$`) },
  { act: 'visit.give_back', path: new RegExp(`${VISIT}tilbake/$`) },
  { act: 'observation.add', path: new RegExp(`${CITIZEN}observasjoner/ny/$`), draft: 'observe-{citizen}', stays: true },
  { act: 'observation.check', path: new RegExp(`${CITIZEN}ikke-som-vanlig/$`), draft: 'check-{citizen}', stays: true, answered: true },
  { act: 'photo.add', path: new RegExp(`${CITIZEN}bilder/nytt/$`), stays: true },
];

/** The act of an address, with the visit or the citizen it names; null when it needs coverage. */
export function actAt(pathname) {
  for (const way of WAYS) {
    const found = way.path.exec(pathname);
    if (found) return { ...way, visit: Number(found.groups.visit) || null, citizen: Number(found.groups.citizen) || null };
  }
  return null;
}

const wayOf = (act) => WAYS.find((way) => way.act === act);

export const endsVisit = (act) => Boolean(wayOf(act)?.ends);

/** What the text of something that is kept is called; empty when there is none. */
export const draftOf = ({ act, visit, citizen }) => (wayOf(act)?.draft ?? '').replace('{visit}', visit).replace('{citizen}', citizen);
