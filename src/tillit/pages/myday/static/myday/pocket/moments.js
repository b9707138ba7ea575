/**
 * What the clock is, by the server. A phone whose clock is turned back gets no more time: nobody knows then how long it has
 * been, so every time limit is over. What the server says when it answers is the truth.
 */
import { get, put } from './store.js';

const NEVER = { offset: 0, highest: 0, contact: '' };

/** Clocks are put right by themselves, a little at a time. */
const PUT_RIGHT_MS = 120_000;

/** The moment, or Infinity when the clock has been turned back since the highest moment seen. */
export async function now() {
  const seen = (await get('clock')) ?? NEVER;
  const moment = Date.now() + seen.offset;
  if (moment > seen.highest) await put('clock', { ...seen, highest: moment });
  return moment < seen.highest - PUT_RIGHT_MS ? Infinity : moment;
}

/** The server has just answered: this is what its clock showed. */
export async function saw(iso) {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return;
  await put('clock', { offset: moment - Date.now(), highest: moment, contact: iso });
}

/** What stands in an envelope about when it was said. */
export async function said() {
  const seen = (await get('clock')) ?? NEVER;
  return { made_at: new Date().toISOString(), offset_ms: Math.round(seen.offset), contact_at: seen.contact };
}
