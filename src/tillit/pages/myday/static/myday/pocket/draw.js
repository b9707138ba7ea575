/** Puts the parts of the packet in their places. The parts are the server's own; nothing about a visit is worded here. */
const REPORT = 'visit.report';
const UNDO = 'visit.undo';

/** A part as nodes. What the server escaped stays escaped; a script in it would not run. */
export function nodesOf(html) {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  return holder.content;
}

/** The last thing kept here about each visit's report. */
function lastOf(kept) {
  const last = new Map();
  kept.filter(({ act }) => act === REPORT || act === UNDO).forEach((one) => last.set(one.visit, one));
  return last;
}

export const keptReport = (kept, visit) => {
  const found = lastOf(kept).get(visit);
  return found?.act === REPORT ? found : null;
};

/** Which line is the next card, which are done, which are to come. Pure. */
export function arranged(lines, kept, moment) {
  const last = lastOf(kept);
  const isKept = (line) => last.has(line.visit) && !(last.get(line.visit).act === UNDO && line.state === 'PLANNED');
  const next = lines.find((line) => line.card && !isKept(line)) ?? null;
  const done = lines.filter((line) => line.visit && ((isKept(line) && last.get(line.visit).act === REPORT) || (line.state === 'DONE' && !isKept(line))));
  const rest = lines.filter((line) => line !== next && !done.includes(line) && !(line.ends && Date.parse(line.ends) <= moment));
  return { next, done, rest, isKept };
}

export function drawDay(place, packet, kept, moment) {
  const { next, done, rest, isKept } = arranged(packet.lines, kept, moment);
  const page = document.getElementById('pocket-day').content.cloneNode(true);
  const part = (name) => page.querySelector(`[data-${name}]`);
  const fill = (name, lines) => {
    if (!lines.length) return part(name).remove();
    part(name).querySelector('ol').append(...lines.map((line) => nodesOf(isKept(line) ? line.kept : line.row)));
    return null;
  };
  const words = part('done').dataset;
  part('done-words').textContent = (done.length === 1 ? words.one : words.many).replace('{n}', done.length);
  fill('done', done);
  fill('rest', rest);
  if (next) part('next').replaceWith(nodesOf(next.card));
  else part('next').remove();
  if (packet.lines.length) part('nothing').remove();
  page.querySelectorAll('form[data-finish]').forEach((form) => { if (Date.parse(next.begins) > moment) form.remove(); });
  place.replaceChildren(page);
}

/** What needs the server is taken away, with a word about it; every form gets a press of its own. */
export function prepareForms(root, words) {
  root.querySelectorAll('[data-door] form').forEach((form) => {
    const said = document.createElement('span');
    said.className = 'ti-push ti-small';
    said.textContent = words.code;
    form.replaceWith(said);
  });
  root.querySelectorAll('form').forEach((form) => {
    const field = form.querySelector('[name="press_key"]');
    if (field && !form.elements.undoes?.value) field.value = `${field.value.startsWith('undo-') ? 'undo-' : ''}${crypto.randomUUID()}`;
  });
}
