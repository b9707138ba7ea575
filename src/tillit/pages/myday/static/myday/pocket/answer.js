/** What the newest check of a visit asks for, while it waits on the phone: the server's words, the phone's own sum. */

const CHECK = 'observation.check';

/** «NEWS2: minst 3 poeng. Mangler puls og temperatur.» */
function sumText({ total, missing }) {
  const words = document.getElementById('pocket-news2').dataset;
  const sum = total === null ? words.none : (missing.length ? words.least : words.points).replace('{n}', total);
  if (!missing.length) return sum;
  const names = missing.map((name) => words[name.toLowerCase()]);
  const last = names.pop();
  const what = names.length ? words.and.replace('{first}', names.join(', ')).replace('{last}', last) : last;
  return `${sum} ${words.missing.replace('{what}', what)}`;
}

const clockOf = (milliseconds) => new Date(milliseconds).toTimeString().slice(0, 5).replace(':', '.');

/** The answer as nodes; null when no check of the visit waits. page: the check's own page in the packet, when it is there. */
export function answerOf(kept, visit, page) {
  const check = kept.filter((one) => one.act === CHECK && one.visit === visit && one.reckoned).at(-1);
  if (!check) return null;
  const { level } = check.reckoned;
  const holder = document.createElement('template');
  holder.innerHTML = page?.main ?? '';
  const own = holder.content.querySelector(`template[data-asked="${level}"]`);
  const answer = (own ?? document.getElementById(`pocket-asked-${level}`)).content.cloneNode(true);
  answer.querySelector('[data-sum]').textContent = sumText(check.reckoned);
  answer.querySelectorAll('[data-within]').forEach((place) => {
    place.textContent = place.textContent.replace('{time}', clockOf(Date.parse(check.at) + Number(place.dataset.within) * 60_000));
  });
  return answer;
}

/** The address of the page on which a visit's citizen is checked, as the packet has it. */
export const checkPageOf = (packet, visit) => Object.entries(packet.pages ?? {})
  .find(([address]) => address.endsWith(`/ikke-som-vanlig/?besok=${visit}`))?.[1];
