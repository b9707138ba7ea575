/**
 * What goes between the phone and the server: making the phone known, asking how things stand, delivering what waits,
 * fetching the packet. An envelope is let go only against its receipt. Carrying is done by one tab at a time.
 */
import { close, digest, newSigner } from './crypto.js';
import { saw } from './moments.js';
import { keyForKeeping } from './pin.js';
import { delivered, firstWaiting, forget, get, put, wipe } from './store.js';

/** So many in one post, and so much: a post that is broken off is sent again, and the server takes twenty megabytes. */
const AT_ONCE = 50;
const ROOM = 6_000_000;
const GONE = new Set([401, 404, 410]);
/** So many answers are remembered: a press looks for its own at once. */
const LED = 20;

/** Ask; null when nobody answers, when it is locked, or when the session is over and we were led to the login. */
async function ask(address, { method = 'GET', body, headers = {} } = {}) {
  try {
    const answer = await fetch(address, {
      method,
      body: body && JSON.stringify(body),
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }), ...headers },
      redirect: 'manual',
      cache: 'no-store',
    });
    return answer.type === 'opaqueredirect' ? null : answer;
  } catch {
    return null;
  }
}

/** A log-in on a device is one phone to the server. `ways` says where things are; it stands on every page of Min dag. */
export async function beKnown(ways) {
  const phone = await get('phone');
  if (phone && phone.who === ways.who && phone.mark === ways.mark) return true;
  if (phone && phone.who !== ways.who) await wipe();
  const { privateKey, publicKey } = await newSigner();
  const answer = await ask(ways.phones, { method: 'POST', body: { sign_key: publicKey }, headers: { 'X-CSRFToken': ways.token } });
  if (answer?.status !== 201) return false;
  const told = await answer.json();
  await saw(told.now);
  await wipe();
  await put('phone', {
    id: told.phone, sealKey: told.seal_key, sealKeyId: told.seal_key_id, signer: privateKey, until: Date.parse(told.until),
    who: ways.who, mark: ways.mark,
  });
  return true;
}

/** Ask how things stand. False: nobody answered. Told to wipe, or unknown there: wiped. */
export async function contact(ways) {
  const phone = await get('phone');
  if (!phone) return false;
  const answer = await ask(`${ways.phones}${phone.id}/`);
  if (!answer) return false;
  if (GONE.has(answer.status)) {
    await wipe();
    await forget('phone');
    return false;
  }
  if (!answer.ok) return false;
  const told = await answer.json();
  await saw(told.now);
  await put('phone', { ...phone, until: Date.parse(told.until), wiped: told.wipe });
  if (told.wipe) await wipe();
  return true;
}

/** What the next page that is shown tells: numbers and an address, no words of anybody. */
async function noteSent(receipts) {
  const before = (await get('sent')) ?? { number: 0, refused: 0, href: '' };
  const hard = receipts.filter(({ outcome }) => outcome === 'CONFLICT' || outcome === 'REFUSED');
  await put('sent', {
    number: before.number + receipts.length - hard.length,
    refused: before.refused + hard.length,
    href: hard.find(({ href }) => href)?.href ?? before.href,
  });
}

/** Where the newest lead that were delivered: whoever kept one finds its answer, though another tab carried it. */
async function noteLed(receipts) {
  const led = receipts.filter(({ href }) => href).map(({ phone, number, href }) => [`${phone} ${number}`, href]);
  if (led.length) await put('led', [...((await get('led')) ?? []), ...led].slice(-LED));
}

/** The address of the server's answer to one that is delivered; undefined when it has none, or still waits. */
export const ledTo = async ({ phone, number }) => ((await get('led')) ?? []).findLast(([key]) => key === `${phone} ${number}`)?.[1];

/** The receipts of what was sent: by phone, by number, and by what the envelope itself is. */
async function fitting(receipts, rows) {
  const sums = new Map(await Promise.all(rows.map(async ({ phone, number, envelope }) => [`${phone} ${number}`, await digest(envelope)])));
  return receipts.filter((one) => sums.get(`${one.phone} ${one.number}`) === one.digest);
}

/**
 * Deliver what waits, in order. Returns the receipts; what has none stays (`left`: what the server cannot take).
 * wait: until another tab, or the worker, that carries already is done; else nothing is done meanwhile.
 */
export async function deliver(ways, { wait = false } = {}) {
  const work = async (lock) => {
    const receipts = [];
    if (!lock) return receipts;
    for (;;) {
      const rows = await firstWaiting(AT_ONCE, ROOM);
      if (!rows.length) return receipts;
      const answer = await ask(ways.deliver, {
        method: 'POST', body: { envelopes: rows.map((row) => row.envelope) }, headers: { 'X-CSRFToken': ways.token },
      });
      if (!answer?.ok) return receipts;
      const told = await answer.json();
      await saw(told.now);
      const ours = await fitting(told.receipts, rows);
      if (!ours.length) return Object.assign(receipts, { left: told.left?.length ?? 0 });
      await delivered(ours.map(({ phone, number }) => [phone, number]));
      await noteSent(ours);
      await noteLed(ours);
      receipts.push(...ours);
      if (ours.length < rows.length) return Object.assign(receipts, { left: told.left?.length ?? 0 });
    }
  };
  return navigator.locks ? navigator.locks.request('tillit-carry', { ifAvailable: !wait }, work) : work(true);
}

/** Fetch the packet anew, unless it is the same, the phone is told to be empty, or a PIN closes it. */
export async function fetchPacket(ways) {
  const phone = await get('phone');
  const key = phone && !phone.wiped && (await keyForKeeping());
  if (!key) return;
  const before = await get('packet');
  const answer = await ask(ways.packet, { headers: before ? { 'If-None-Match': before.tag } : {} });
  if (answer?.status === 304) return void (await put('packet', { ...before, stale: false }));
  if (answer?.status !== 200) return;
  const tag = answer.headers.get('ETag');
  await put('packet', { ...(await close(key, await answer.json())), tag, who: ways.who, stale: false, fetched: Date.now() });
}
