/**
 * On Min dag's own pages: the phone is made known, what waits is delivered, the packet is fetched, and the line says how it
 * stands. Every page works without it.
 */
import { beKnown, contact, deliver, fetchPacket } from './carry.js';
import { now } from './moments.js';
import { get, howMany, put, wipe } from './store.js';
import { showState, tellSent } from './state.js';

const FRESH_MS = 120_000;
const AGAIN_MS = 20_000;

const place = document.getElementById('pocket');
const ways = place && { ...place.dataset, token: document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? '' };

async function refresh() {
  const phone = await get('phone');
  if (!phone || phone.wiped) return;
  if ((await now()) >= phone.until) return void (await wipe());
  const packet = await get('packet');
  const same = packet && packet.who === ways.who && !packet.stale && Date.now() - packet.fetched < FRESH_MS;
  if (!same && ways.hasDay !== undefined) await fetchPacket(ways);
}

/** What was delivered stands on the day's page when it is drawn again; what is typed elsewhere is left in peace. */
async function afterDelivery() {
  const packet = await get('packet');
  if (packet) await put('packet', { ...packet, stale: true });
  if (window.location.pathname === ways.day) window.location.reload();
  else await tellSent();
}

async function settle() {
  const known = (await beKnown(ways)) && (await contact(ways));
  if (!known) return void showState({ covered: navigator.onLine ? null : false, number: await howMany() });
  const receipts = await deliver(ways);
  showState({ covered: true, number: await howMany(), left: receipts.left });
  if (receipts.length) return void (await afterDelivery());
  await refresh();
}

/** The worker; null where the browser cannot have one, or may not: then the phone keeps nothing of the day. */
const worker = () => navigator.serviceWorker.register(ways.worker, { type: 'module', scope: '/', updateViaCache: 'none' }).catch(() => null);

async function begin() {
  await put('ways', ways);
  if (!(await worker())) return void (await howMany() && await deliver(ways));
  await tellSent();
  navigator.serviceWorker.addEventListener('message', afterDelivery); // the worker delivered by itself
  window.addEventListener('online', settle);
  window.addEventListener('offline', async () => showState({ covered: false, number: await howMany() }));
  setInterval(async () => { if (!document.hidden && (await howMany())) await settle(); }, AGAIN_MS);
  await settle();
}

if (ways && 'serviceWorker' in navigator && window.isSecureContext) begin();
