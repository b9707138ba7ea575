/**
 * The PIN that opens a shared phone also closes what the phone keeps: the data key lies wrapped by it, and open only
 * while the screen is. Five wrong tries wipe the packet. Without a PIN the phone's own lock is what there is.
 */
import { newKey, unwrap, wrap } from './crypto.js';
import { forget, get, put, wipe } from './store.js';

const MOST_TRIES = 5;

/** The data key, when it lies open; else null. */
export const openKey = async () => (await get('key')) ?? null;

/** Whether a PIN is what opens it now. */
export const isClosed = async () => !(await openKey()) && Boolean(await get('locked-key'));

/** The data key, made when there is none; null while a PIN closes it. */
export async function keyForKeeping() {
  const found = await openKey();
  if (found || await isClosed()) return found;
  const made = await newKey();
  await put('key', made);
  return made;
}

/** A PIN was chosen: everything kept from now on is kept under it. */
export async function closeWith(pin) {
  const key = await newKey(true);
  const locked = await wrap(key, pin);
  await wipe();
  await put('locked-key', locked);
  await put('key', await unwrap(locked, pin));
}

/** The screen is locked: the key goes, the wrapped one stays. */
export async function lock() {
  if (await get('locked-key')) await forget('key');
}

/** Try a PIN: {open} or {left: tries}. */
export async function tryPin(pin) {
  const locked = await get('locked-key');
  if (!locked) return { open: false, left: 0 };
  const tries = ((await get('tries')) ?? 0) + 1;
  await put('tries', tries); // counted before it is known: a killed tab gives no more tries
  const key = await unwrap(locked, pin);
  if (key) {
    await put('key', key);
    await forget('tries');
    return { open: true, left: MOST_TRIES };
  }
  if (tries >= MOST_TRIES) await wipe();
  return { open: false, left: Math.max(0, MOST_TRIES - tries) };
}
