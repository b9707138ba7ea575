/** What was done here and waits: beside the visit it was done at, until the server has it. */

const templateOf = (name) => document.getElementById(`pocket-${name}`).content.cloneNode(true);

/** What an act is called. The words are the server's; one it has no word for is a thing. */
function named(act) {
  const words = document.getElementById('pocket-waits').dataset;
  return words[act] ?? words.other;
}

const clockOf = (iso) => new Date(iso).toTimeString().slice(0, 5).replace(':', '.');

function rowOf({ act, at, thumb, start }) {
  const row = templateOf('wait');
  row.querySelector('[data-what]').textContent = start ? `${named(act)} ${start.replace(':', '.')}` : named(act);
  row.querySelector('[data-when]').textContent = clockOf(at);
  const picture = row.querySelector('img');
  if (thumb) picture.src = thumb;
  else picture.remove();
  return row;
}

/** The list of what waits of one visit; null when nothing does. */
export function waitingList(kept, visit) {
  const hers = kept.filter((one) => one.visit === visit);
  if (!hers.length) return null;
  const list = templateOf('waits');
  list.querySelector('ul').append(...hers.map(rowOf));
  return list;
}

/** Say on a line of the day, or on the card, what waits of that visit besides that it is done. */
export function markWaiting(root, kept, visit, { one, many }) {
  const hers = kept.filter((thing) => thing.visit === visit && thing.act !== 'visit.report' && thing.act !== 'visit.undo');
  const place = hers.length && root.querySelector('.ti-day__card > span, .ti-visit__head');
  if (!place) return;
  const mark = templateOf('mark');
  mark.querySelector('[data-text]').textContent = hers.length === 1
    ? one.replace('{what}', rowOf(hers[0]).querySelector('[data-what]').textContent)
    : many.replace('{n}', hers.length);
  const thumbs = hers.filter(({ thumb }) => thumb).slice(-3);
  const picture = mark.querySelector('img');
  thumbs.forEach(({ thumb }) => { const copy = picture.cloneNode(); copy.src = thumb; picture.before(copy); });
  picture.remove();
  place.append(mark);
}
