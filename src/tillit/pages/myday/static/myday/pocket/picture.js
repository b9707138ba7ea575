/**
 * A photo before it is sealed: drawn anew, no larger than the journal keeps it. Place and camera are left behind already here,
 * and what waits on the phone is a tenth of what the camera made.
 */
import { packed } from './crypto.js';

/** As the server draws it (photos/drawing.py): the longer side in points. */
const LONGEST_SIDE = 2000;
const THUMB_SIDE = 96;
/** The largest that is kept, in bytes: sealed it is not twice as much, and ten of them are less than one post. */
const LARGEST = 2_500_000;
/** What cannot be drawn here is kept as it came, if a post has room for it: the server says what it is. */
const LARGEST_AS_IT_CAME = 10_000_000;
const QUALITIES = [0.85, 0.7, 0.5, 0.3];
/** How a file is called that is drawn already. */
const DRAWN = 'tillit.jpg';

async function onCanvas(file, side) {
  const picture = await createImageBitmap(file); // the right way up, as the camera says
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** The picture as it is kept, as a file; null when it is no picture this browser can read. */
export async function drawn(file) {
  if (file.name === DRAWN && file.size <= LARGEST) return file;
  try {
    const canvas = await onCanvas(file, LONGEST_SIDE);
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= LARGEST) return new File([blob], DRAWN, { type: blob.type });
    }
  } catch { /* no picture, or a browser that cannot draw */ }
  return null;
}

/** What is sealed, as text. Null: too large to be kept. */
export async function sealable(file) {
  const found = (await drawn(file)) ?? file;
  return found.size <= LARGEST_AS_IT_CAME ? packed(await found.arrayBuffer()) : null;
}

/** A small one to be known again by, as an address of itself; empty when it cannot be drawn. */
export async function thumb(file) {
  try {
    const blob = await (await onCanvas(file, THUMB_SIDE)).convertToBlob({ type: 'image/jpeg', quality: 0.6 });
    return `data:image/jpeg;base64,${btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))}`;
  } catch {
    return '';
  }
}

/** Whether the phone has room for it, sealed and with some to spare. A browser that does not know is asked when it is put there. */
export async function hasRoom(file) {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return !quota || quota - usage > 3 * file.size + 1_000_000;
}
