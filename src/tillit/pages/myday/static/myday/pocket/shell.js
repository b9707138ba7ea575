/**
 * The page a phone shows when there is no coverage. It finds in the packet what its address asks for, and draws it with the
 * server's own parts. Forms are sent as usual: the service worker seals and queues them.
 */
import { actAt, draftOf, endsVisit } from './acts.js';
import { answerOf, checkPageOf } from './answer.js';
import { contact, deliver } from './carry.js';
import { checkBefore, sayMissing } from './check.js';
import { open } from './crypto.js';
import { drawDay, keptReport, knowOwnMoves, nodesOf, prepareForms } from './draw.js';
import { now } from './moments.js';
import { isClosed, lock, openKey, tryPin } from './pin.js';
import { readable } from './queue.js';
import { get, howMany, wipe } from './store.js';
import { showState, tellSent } from './state.js';
import { waitingList } from './waits.js';
import { forgetDraft, keepDrafts } from '../../ui/js/drafts.js';
import { timeToasts } from '../../ui/js/toasts.js';

const VISIT = /^\/min-dag\/besok\/(\d+)\/$/;
const NO_ROOM = '#ikke-plass';
const JUST_NOW_MS = 15_000;
const TOLD = 'tillit-told';
const AGAIN_MS = 15_000;

const LEAVING_MS = 15_000;

let shown = false;
let pressedAt = 0;

const main = document.getElementById('innhold');
const words = document.getElementById('pocket').dataset;
const templateOf = (name) => document.getElementById(`pocket-${name}`).content.cloneNode(true);

function put(place, html) {
  document.getElementById(place).replaceChildren(nodesOf(html));
}

/** A page that is only words: nothing kept, needs coverage, locked. */
function showWords(name) {
  document.getElementById('pocket-top').replaceChildren(templateOf('head'));
  document.getElementById('pocket-bar').replaceChildren();
  main.replaceChildren(templateOf(name));
  main.removeAttribute('aria-busy');
}

const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

/** A screen that was locked, or that nobody has used for a while, is closed until the PIN is typed. */
async function lockWhenUnused() {
  const seconds = Number((await get('ways'))?.lockSeconds ?? 0);
  const unused = Date.now() - Number(remembered('tillit-used') ?? 0);
  if (remembered('tillit-locked') || (seconds && unused > seconds * 1000)) await lock();
}

/** The packet, when it may be shown: not after its time, nor while a PIN closes it. */
async function packetNow() {
  const phone = await get('phone');
  if (phone && (await now()) >= phone.until) await wipe();
  const [kept, key] = [await get('packet'), await openKey()];
  return kept && key ? open(key, kept) : null;
}

function askPin() {
  showWords('locked');
  const form = main.querySelector('form');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = form.elements.pin;
    const said = form.querySelector('[data-said]');
    said.textContent = '';
    const { open: isOpen, left } = await tryPin(field.value);
    field.value = '';
    if (isOpen) {
      localStorage.removeItem('tillit-locked');
      localStorage.setItem('tillit-used', String(Date.now()));
      return void draw();
    }
    if (!left) return void draw();
    said.textContent = (left === 1 ? said.dataset.one : said.dataset.many).replace('{n}', left);
    return void field.focus();
  });
  form.elements.pin.focus();
}

/** What lies in the browser's own memory of a text is forgotten once it is sealed. */
function forgetDrafts(kept) {
  kept.map(draftOf).filter(Boolean).forEach(forgetDraft);
}

function undoes(form, pressKey) {
  form.elements.press_key.value = `undo-${pressKey}`.slice(0, 64);
  form.elements.undoes.value = pressKey;
}

function tellNewest(kept) {
  const newest = kept.at(-1);
  if (!newest || newest.pressKey === sessionStorage.getItem(TOLD) || Date.now() - Date.parse(newest.at) > JUST_NOW_MS) return;
  sessionStorage.setItem(TOLD, newest.pressKey);
  const toast = templateOf('toast');
  const form = toast.querySelector('form');
  if (endsVisit(newest.act)) {
    form.action = `/min-dag/besok/${newest.visit}/angre/`;
    undoes(form, newest.pressKey);
  } else form.remove();
  document.getElementById('ti-toasts').replaceChildren(toast);
  timeToasts(document);
}

/** A page of the packet. visit: of the visit's own page, which shows what waits too; null of the others. */
function drawPage(page, kept, visit) {
  put('pocket-top', page.top);
  put('pocket-bar', page.bar);
  main.replaceChildren(nodesOf(page.main));
  const waits = visit && waitingList(kept, visit);
  if (waits) main.prepend(waits);
  const report = keptReport(kept, visit);
  if (!report) return;
  const told = templateOf('told');
  const form = told.querySelector('form');
  form.action = `/min-dag/besok/${visit}/angre/`;
  undoes(form, report.pressKey);
  main.prepend(told);
}

/** The lock on the page locks here too, where there is a PIN to open it with. */
async function prepareLock() {
  const canLock = Boolean(await get('locked-key'));
  document.querySelectorAll('[data-lock-now]').forEach((press) => {
    if (!canLock) return press.remove();
    press.hidden = false;
    press.addEventListener('click', async () => {
      localStorage.setItem('tillit-locked', '1');
      await draw();
    });
    return null;
  });
}

/** What the packet holds for an address: the visit's own page, or one of those beside it. */
function pageAt(packet, { pathname, search }) {
  const [, id] = VISIT.exec(pathname) ?? [];
  if (id) return packet.visits[id];
  const way = actAt(pathname);
  return way?.act === 'visit.change' ? packet.changes[way.visit] : packet.pages?.[`${pathname}${search}`];
}

async function draw() {
  await lockWhenUnused();
  const number = await howMany();
  showState({ covered: false, number });
  const packet = await packetNow();
  shown = Boolean(packet);
  if (!packet) return void ((await isClosed()) && (await get('packet')) ? askPin() : showWords('empty'));
  document.documentElement.dataset.colorScheme = packet.scheme;
  document.documentElement.lang = packet.language;
  const kept = await readable();
  const { pathname, hash } = window.location;
  const page = pageAt(packet, window.location);
  const visit = Number(VISIT.exec(pathname)?.[1]) || null;
  if (page) drawPage(page, kept, visit);
  else if (pathname === '/' || pathname === words.day || pathname === `${words.day}${packet.on}/`) {
    showWords('empty');
    document.getElementById('pocket-top').querySelector('[data-note]').textContent = packet.note;
    drawDay(main, packet, kept, await now());
    const leave = templateOf('leave');
    leave.querySelector('[name="csrfmiddlewaretoken"]').value = (await get('ways'))?.token ?? '';
    main.append(leave);
  } else showWords('elsewhere');
  const answer = visit && answerOf(kept, visit, checkPageOf(packet, visit));
  if (answer) main.prepend(answer);
  prepareForms(document, words);
  knowOwnMoves(document, kept);
  await prepareLock();
  main.removeAttribute('aria-busy');
  forgetDrafts(kept);
  document.querySelectorAll('main form').forEach((form) => checkBefore(form, words, main));
  keepDrafts(document);
  tellNewest(kept);
  if (page && hash === NO_ROOM) sayMissing(main, words.full);
  document.title = `${document.querySelector('h1')?.textContent ?? ''} – Tillit`;
}

/** A press is on its way: its answer comes, and a page that is fetched anew meanwhile would take its place. */
const isLeaving = () => Date.now() - pressedAt < LEAVING_MS;

const isTyping = () => [...document.querySelectorAll('main textarea, main input')].some((field) => (
  /^(radio|checkbox)$/.test(field.type) ? field.checked !== field.defaultChecked : field.type !== 'hidden' && field.value !== field.defaultValue
));

/** Whether the server answers, asked for something that is nobody's. */
const answers = () => fetch(words.ask, { cache: 'no-store' }).then(({ ok }) => ok, () => false);

/** Coverage again: deliver, and give the page back to the server, unless something is being written. */
async function lookForCoverage() {
  const ways = await get('ways');
  if (!(await get('phone'))) {
    if (await answers()) window.location.reload();
    return;
  }
  if (!ways || !(await contact(ways))) return;
  const receipts = await deliver(ways);
  showState({ covered: true, number: await howMany(), left: receipts.left });
  if (isLeaving()) return;
  if (receipts.length && isTyping()) await tellSent();
  if (!isTyping()) window.location.reload();
}

document.addEventListener('submit', (event) => setTimeout(() => { if (!event.defaultPrevented) pressedAt = Date.now(); }));

const used = () => localStorage.setItem('tillit-used', String(Date.now()));
['pointerdown', 'keydown'].forEach((name) => document.addEventListener(name, used, { passive: true, capture: true }));
window.addEventListener('online', lookForCoverage);
navigator.serviceWorker?.addEventListener('message', () => { if (!isTyping() && !isLeaving()) window.location.reload(); });
document.addEventListener('visibilitychange', async () => {
  if (document.hidden) return;
  await lockWhenUnused();
  if (shown && !(await packetNow())) await draw(); // its time is over, or a PIN closes it
  await lookForCoverage();
});
setInterval(() => { if (!document.hidden) lookForCoverage(); }, AGAIN_MS);
draw();
