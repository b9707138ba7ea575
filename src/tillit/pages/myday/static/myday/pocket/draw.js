/** Puts the parts of the packet in their places. The parts are the server's own; nothing about a visit is worded here. */
import { actAt, endsVisit } from './acts.js';
import { markWaiting } from './waits.js';

const UNDO = 'visit.undo';

/** A part as nodes. What the server escaped stays escaped; a script in it would not run. */
export function nodesOf(html) {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  return holder.content;
}

/** The last thing kept here about how each visit ended. */
function lastOf(kept) {
  const last = new Map();
  kept.filter(({ act }) => endsVisit(act) || act === UNDO).forEach((one) => last.set(one.visit, one));
  return last;
}

export const keptReport = (kept, visit) => {
  const found = lastOf(kept).get(visit);
  return found && endsVisit(found.act) ? found : null;
};

/** Which line is the next card, which are done, which are to come. Pure. */
export function arranged(lines, kept, moment) {
  const last = lastOf(kept);
  const isKept = (line) => last.has(line.visit) && !(last.get(line.visit).act === UNDO && line.state === 'PLANNED');
  const next = lines.find((line) => line.card && !isKept(line)) ?? null;
  const done = lines.filter((line) => line.visit && ((isKept(line) && endsVisit(last.get(line.visit).act)) || (line.state === 'DONE' && !isKept(line))));
  const rest = lines.filter((line) => line !== next && !done.includes(line) && !(line.ends && Date.parse(line.ends) <= moment));
  return { next, done, rest, isKept };
}

export function drawDay(place, packet, kept, moment) {
  const { next, done, rest, isKept } = arranged(packet.lines, kept, moment);
  const page = document.getElementById('pocket-day').content.cloneNode(true);
  const part = (name) => page.querySelector(`[data-${name}]`);
  const waits = part('next').dataset;
  const marked = (line, html) => {
    const nodes = nodesOf(html);
    if (line.visit) markWaiting(nodes, kept, line.visit, waits);
    return nodes;
  };
  const fill = (name, lines) => {
    if (!lines.length) return part(name).remove();
    part(name).querySelector('ol').append(...lines.map((line) => marked(line, isKept(line) ? line.kept : line.row)));
    return null;
  };
  const words = part('done').dataset;
  part('done-words').textContent = (done.length === 1 ? words.one : words.many).replace('{n}', done.length);
  fill('done', done);
  fill('rest', rest);
  if (next) part('next').replaceWith(marked(next, next.card));
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

/** A visit moved here is where she moved it: the next move knows that, so that nobody meets herself. */
export function knowOwnMoves(root, kept) {
  root.querySelectorAll('form').forEach((form) => {
    const way = actAt(new URL(form.action).pathname);
    const last = way?.act === 'visit.move' && kept.filter(({ act, visit }) => act === way.act && visit === way.visit).at(-1);
    if (last) form.elements.edition.value += `>${last.start}`;
  });
}
