/**
 * NEWS2 on the phone, as `care/observations/rules/news2.py` counts it: docs/how-we-count/news2.md has the tables. A test holds
 * the two together. A value nobody measured is never 0.
 */
import { numberIn } from './numbers.js';

/** Points of the first bound that the value does not exceed; null: not measured. */
const upTo = (value, bounds, above) => (value === null ? null : bounds.find(([bound]) => value <= bound)?.[1] ?? above);

function saturation(value, oxygen, scale) {
  if (scale !== 2 || value === null) return upTo(value, [[91, 3], [93, 2], [95, 1]], 0);
  if (value <= 92) return upTo(value, [[83, 3], [85, 2], [87, 1]], 0);
  if (oxygen === null) return null;
  return oxygen ? upTo(value, [[94, 1], [96, 2]], 3) : 0;
}

function levelOf(total, points, missing) {
  if (total >= 7) return 'HIGH';
  if (total >= 5) return 'MEDIUM';
  if (points.includes(3)) return 'SINGLE';
  if (total) return 'LOW';
  return missing.length ? 'INCOMPLETE' : 'NONE';
}

/** measured: numbers, oxygen true or false, consciousness a letter or empty; null is not measured. scale: 1 or 2. */
export function score(measured) {
  const found = {
    RESPIRATION: upTo(measured.respiration, [[8, 3], [11, 1], [20, 0], [24, 2]], 3),
    SATURATION: saturation(measured.saturation, measured.oxygen, measured.scale),
    OXYGEN: measured.oxygen === null ? null : 2 * measured.oxygen,
    SYSTOLIC: upTo(measured.systolic, [[90, 3], [100, 2], [110, 1], [219, 0]], 3),
    PULSE: upTo(measured.pulse, [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2]], 3),
    CONSCIOUSNESS: measured.consciousness ? 3 * (measured.consciousness !== 'A') : null,
    TEMPERATURE: measured.temperature === null ? null
      : upTo(Math.round(measured.temperature * 10), [[350, 3], [360, 1], [380, 0], [390, 1]], 2),
  };
  const missing = Object.keys(found).filter((name) => found[name] === null);
  const points = Object.values(found).filter((one) => one !== null);
  const total = points.reduce((sum, one) => sum + one, 0);
  return { total, missing, counted: points.length > 0, level: levelOf(total, points, missing) };
}

/**
 * What a check's form comes to: the level whose answer is shown, the sum and what is missing in it. total null: not counted.
 * Somebody who reacts only to pain, or not at all, is 113 whatever the sum. Scale 0: she is too young for a sum.
 */
export function reckoned(form) {
  const number = (name, decimals = 0) => numberIn(form.get(name), decimals);
  const scale = Number(form.get('scale') ?? 1);
  const consciousness = form.get('consciousness') ?? '';
  const { total, missing, counted, level } = score({
    respiration: number('respiration'), saturation: number('saturation'), systolic: number('systolic'), pulse: number('pulse'),
    temperature: number('temperature', 1), consciousness, oxygen: form.get('oxygen') ? form.get('oxygen') === 'OXYGEN' : null, scale,
  });
  const asked = scale ? level : 'INCOMPLETE';
  return { total: scale && counted ? total : null, missing, level: 'PU'.includes(consciousness || '-') ? 'HIGH' : asked };
}
