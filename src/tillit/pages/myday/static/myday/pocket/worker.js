/**
 * The service worker. It keeps the shell page and files of ours, never a page about anybody. Pages are the network's; when
 * there is none, the shell shows the day from the packet. A visit's form that does not get through is sealed and queued.
 */
import { actAt } from './acts.js';
import { deliver, ledTo } from './carry.js';
import { contentOf } from './content.js';
import { closeWith, lock, tryPin } from './pin.js';
import { keep } from './queue.js';
import { forget, get, howMany, put, wipe } from './store.js';

const PAGE_MS = 8000;
const FORM_MS = 12000;
/** A photo on its way up takes its time. */
const PHOTO_MS = 60000;
const LATELY_MS = 60000;
const AWAY = new Set([502, 503, 504]);

let failedAt = 0;

/** The answer, or a rejection when it takes too long: bad coverage is no coverage. */
const within = (ms, answer) => Promise.race([answer, new Promise((_, reject) => { setTimeout(() => reject(new Error('late')), ms); })]);

const redirect = (path) => Response.redirect(path, 303);

export function serve(ways) {
  const kept = `tillit-shell-${ways.version}`;
  const files = new Set(ways.files);

  self.addEventListener('install', (event) => event.waitUntil((async () => {
    const cache = await caches.open(kept);
    await cache.addAll([ways.shell, ...files].map((address) => new Request(address, { cache: 'reload' })));
    await self.skipWaiting(); // pages ask the network for their files: none is stranded
  })()));

  self.addEventListener('activate', (event) => event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('tillit-shell-') && name !== kept).map((name) => caches.delete(name)));
    await self.clients.claim();
  })()));

  self.addEventListener('sync', (event) => event.waitUntil(carry()));

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const address = new URL(request.url);
    const { origin, pathname } = address;
    if (origin !== self.location.origin) return;
    const known = request.mode === 'navigate' && actAt(pathname);
    const way = known && !(known.answered && !address.searchParams.has('besok')) && known;
    if (way && request.method === 'POST') event.respondWith(act(event, way, address));
    else if (request.method === 'POST' && pathname === ways.logout) event.respondWith(logOut(request));
    else if (request.method === 'POST' && [ways.pin, ways.lock, ways.unlock].includes(pathname)) event.respondWith(closed(request, pathname));
    else if (request.method === 'GET' && request.mode === 'navigate') event.respondWith(page(request, address));
    else if (request.method === 'GET' && files.has(pathname)) event.respondWith(file(request, pathname));
  });

  const shell = async () => (await (await caches.open(kept)).match(ways.shell)) ?? Response.error();
  const fromCache = async (pathname) => (await caches.open(kept)).match(pathname);

  async function file(request, pathname) {
    const known = Date.now() - failedAt < LATELY_MS && (await fromCache(pathname));
    if (known) return known;
    try {
      return await fetch(request);
    } catch (problem) {
      const found = await fromCache(pathname);
      if (found) return found;
      throw problem;
    }
  }

  async function page(request, { pathname, searchParams }) {
    if (!(await loggedOut())) return shell();
    const ours = pathname.startsWith(ways.day) || (actAt(pathname) && searchParams.has('besok'));
    try {
      const answer = await (ours ? within(PAGE_MS, fetch(request)) : fetch(request));
      if (ours && AWAY.has(answer.status)) throw new Error('away');
      failedAt = 0;
      return answer;
    } catch {
      failedAt = Date.now();
      return shell();
    }
  }

  /** A log-out that nobody heard goes before everything else. True: nothing of the kind stands open. */
  async function loggedOut() {
    const said = await get('logout');
    if (!said) return true;
    try {
      const answer = await fetch(ways.logout, {
        method: 'POST', body: said, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, redirect: 'manual',
      });
      if (answer.status >= 500) throw new Error('away');
      await forget('logout');
      return true;
    } catch {
      failedAt = Date.now();
      return false;
    }
  }

  async function logOut(request) {
    const said = await request.clone().text();
    await wipe();
    await forget('phone');
    try {
      const answer = await fetch(request);
      if (!AWAY.has(answer.status)) return answer;
    } catch { failedAt = Date.now(); }
    await put('logout', said);
    return redirect(ways.day);
  }

  /** The PIN passes here on its way: what is kept follows the lock of the screen. */
  async function closed(request, pathname) {
    const pin = pathname === ways.lock ? '' : (await request.clone().formData()).get('pin');
    if (pathname === ways.lock) await lock();
    const answer = await fetch(request);
    if (pathname === ways.pin && pin && answer.type === 'opaqueredirect') await closeWith(pin);
    if (pathname === ways.unlock && pin && (answer.type === 'opaqueredirect' || (answer.ok && (await answer.clone().json().catch(() => ({}))).open))) await tryPin(pin);
    return answer;
  }

  async function act(event, way, { pathname, search, searchParams }) {
    const form = await event.request.clone().formData();
    const token = form.get('csrfmiddlewaretoken');
    // Drawn by the phone, or something waits already: it goes last in the queue, so that the order is kept.
    if (token && (await howMany()) === 0) {
      try {
        const answer = await within(form.get('file') ? PHOTO_MS : FORM_MS, fetch(event.request));
        if (!AWAY.has(answer.status)) {
          const packet = await get('packet');
          if (packet) await put('packet', { ...packet, stale: true });
          return answer;
        }
      } catch { failedAt = Date.now(); }
    }
    const content = await contentOf(form, way, searchParams.get('key'));
    if (!content) return Response.error();
    let mine;
    try {
      mine = await keep(content);
      if (!mine) return Response.error();
    } catch { return redirect(`${pathname}${search}#ikke-plass`); } // the disk is full: said where it was written
    self.registration.sync?.register('tillit').catch(() => {});
    // The page may be carrying, for coverage has just come back: it may take this one too, and the answer is found all the same.
    await within(FORM_MS, carry({ wait: true })).catch(() => []);
    const answer = way.answered && (await howMany()) === 0 && (await ledTo(mine));
    if (answer) return redirect(answer);
    return redirect(way.stays && content.shown.visit ? `${ways.day}besok/${content.shown.visit}/` : ways.day);
  }

  async function carry(how) {
    const known = await get('ways');
    if (!known || !(await loggedOut())) return [];
    const receipts = await deliver(known, how);
    if (receipts.length) (await self.clients.matchAll()).forEach((client) => client.postMessage('sent'));
    return receipts;
  }
}
