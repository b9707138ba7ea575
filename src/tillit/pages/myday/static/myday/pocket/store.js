/**
 * What the phone keeps, in IndexedDB: things by name, and the queue by phone and number.
 *
 * Nothing about anybody lies here as it is read: the packet is ciphertext, an envelope is sealed to the server.
 */
const NAME = 'tillit-pocket';

let opening = null;

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('things');
      request.result.createObjectStore('queue', { keyPath: ['phone', 'number'] });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      request.result.onclose = () => { opening = null; };
      resolve(request.result);
    };
    request.onerror = () => { opening = null; reject(request.error); };
  });
  return opening;
}

/** Run `work` in one transaction; what it returns is handed over when everything is on the disk. */
async function transaction(mode, work) {
  const found = (await database()).transaction(['things', 'queue'], mode, { durability: 'strict' });
  const written = new Promise((resolve, reject) => {
    found.oncomplete = resolve;
    found.onabort = () => reject(found.error ?? new Error('The phone has no room.'));
  });
  const result = await work(found.objectStore('things'), found.objectStore('queue'));
  await written;
  return result;
}

export const get = (name) => transaction('readonly', (things) => promised(things.get(name)));
export const put = (name, value) => transaction('readwrite', (things) => { things.put(value, name); });
export const forget = (...names) => transaction('readwrite', (things) => names.forEach((name) => things.delete(name)));

/** Go through what waits, phone by phone, each in its order, one in memory at a time, until `look` says true. */
const eachWaiting = (queue, look) => new Promise((resolve, reject) => {
  const asked = queue.openCursor();
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const cursor = asked.result;
    if (!cursor || look(cursor.value, cursor)) resolve();
    else cursor.continue();
  };
});

/** The first that wait: no more than `most`, and no more signs than `room` unless one alone is more. */
export const firstWaiting = (most, room) => transaction('readonly', async (_, queue) => {
  const rows = [];
  let left = room;
  await eachWaiting(queue, (row) => {
    left -= row.envelope.sealed.length;
    if (rows.length && left < 0) return true;
    rows.push(row);
    return rows.length === most;
  });
  return rows;
});

/** How many wait; and the note that lies beside each, where there is one. */
export const howMany = () => transaction('readonly', (_, queue) => promised(queue.count()));
export const notes = () => transaction('readonly', async (_, queue) => {
  const found = [];
  await eachWaiting(queue, ({ kept }) => { if (kept) found.push(kept); });
  return found;
});

/** The number the next envelope of a phone gets. */
export const nextNumber = async (phone) => (await get('numbers'))?.[phone] ?? 1;

/** Put an envelope last, if its number is still the next one; else return false, and nothing has happened. */
export const append = (row) => transaction('readwrite', async (things, queue) => {
  const numbers = (await promised(things.get('numbers'))) ?? {};
  if ((numbers[row.phone] ?? 1) !== row.number) return false;
  queue.add(row);
  things.put({ ...numbers, [row.phone]: row.number + 1 }, 'numbers');
  return true;
});

/** Take away what the server has answered for. */
export const delivered = (keys) => transaction('readwrite', (_, queue) => keys.forEach((key) => queue.delete(key)));

/** Wipe what can be read; what is sealed stays until it is delivered. */
export const wipe = () => transaction('readwrite', async (things, queue) => {
  ['packet', 'key', 'locked-key', 'tries', 'led'].forEach((name) => things.delete(name));
  await eachWaiting(queue, (row, cursor) => { if (row.kept) cursor.update({ ...row, kept: null }); });
});
