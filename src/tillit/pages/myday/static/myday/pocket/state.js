/** The line that says whether there is coverage and what waits. Its words stand on it: the server wrote them. */
import { forget, get } from './store.js';
import { say } from '../../ui/js/htmx-manners.js';
import { timeToasts } from '../../ui/js/toasts.js';

const line = () => document.getElementById('pocket');

const counted = (place, name, number) => (place.dataset[number === 1 ? `${name}One` : `${name}Many`] ?? '').replace('{n}', number);

/** Show or hide the line. covered: false without coverage; null when nobody knows. left: what cannot be delivered. */
export function showState({ covered, number, left = 0 }) {
  const place = line();
  if (!place) return;
  const head = covered === false ? place.dataset.without : '';
  const text = left ? place.dataset.left : number ? counted(place, 'waits', number) : (covered === false ? place.dataset.kept : '');
  if (place.dataset.now === `${head}|${text}`) return;
  place.dataset.now = `${head}|${text}`;
  place.querySelector('[data-head]').textContent = head;
  place.querySelector('[data-text]').textContent = text;
  place.hidden = !head && !text;
}

/** Say a sentence aloud, and show it where a press otherwise tells what it did. */
function tellIt(text) {
  say(text);
  const place = document.getElementById('ti-toasts');
  if (!place || !text) return;
  const toast = document.createElement('div');
  toast.className = 'ti-undo';
  toast.dataset.toast = '';
  toast.append(Object.assign(document.createElement('span'), { textContent: text }));
  place.replaceChildren(toast);
  timeToasts(place);
}

/** Tell once what was sent since somebody last was told, and what a human must look at. */
export async function tellSent() {
  const sent = await get('sent');
  if (!sent) return;
  await forget('sent');
  if (sent.number) tellIt(counted(line(), 'sent', sent.number));
  const place = document.getElementById('pocket-refused');
  if (!sent.refused || !place) return;
  place.querySelector('[data-text]').textContent = counted(line(), 'refused', sent.refused);
  const link = place.querySelector('a');
  link.hidden = !sent.href;
  if (sent.href) link.href = sent.href;
  place.hidden = false;
}
