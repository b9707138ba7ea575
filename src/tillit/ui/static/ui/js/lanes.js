/**
 * The board with lanes.
 *
 * Keys: Left and Right go along a lane, Up and Down to the nearest bar in the next lane, Home and End to its ends.
 * Enter opens the bar's sheet, where «Flytt til …» does by keyboard what a drag does by hand.
 * Drag: a bar inside [data-move-url] that has data-visit. Let go over a lane with data-helper, and
 * {visit, helper, start} is posted (start in slots, 1 is the first): with htmx if the board has an id, else as a form.
 */
const START_PX = 6; // a shaky hand does not move a visit

const startOf = (bar) => Number(/\bs-(\d+)\b/.exec(bar.closest('.ti-slot').className)?.[1] ?? 0);
const barsIn = (lane) => [...lane.querySelectorAll('.ti-slot > :is(button, a).ti-bar')].sort((a, b) => startOf(a) - startOf(b));

function neighbour(bar, key) {
  const lane = bar.closest('.ti-lane');
  const row = barsIn(lane);
  const at = row.indexOf(bar);
  if (key === 'ArrowLeft') return row[at - 1];
  if (key === 'ArrowRight') return row[at + 1];
  if (key === 'Home') return row[0];
  if (key === 'End') return row.at(-1);
  const lanes = [...lane.parentElement.querySelectorAll('.ti-lane')].filter((other) => barsIn(other).length);
  const next = lanes[lanes.indexOf(lane) + (key === 'ArrowUp' ? -1 : 1)];
  return next && barsIn(next).reduce((near, other) => (
    Math.abs(startOf(other) - startOf(bar)) < Math.abs(startOf(near) - startOf(bar)) ? other : near));
}

function post(board, values) {
  const token = board.querySelector('[name=csrfmiddlewaretoken]')?.value;
  const data = { ...values, csrfmiddlewaretoken: token };
  if (window.htmx && board.id) {
    window.htmx.ajax('POST', board.dataset.moveUrl, { source: board, target: `#${board.id}`, swap: 'outerHTML', values: data });
    return;
  }
  const form = Object.assign(document.createElement('form'), { method: 'post', action: board.dataset.moveUrl });
  Object.entries(data).forEach(([name, value]) => {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  });
  document.body.append(form);
  form.submit();
}

function drag(board, bar, down) {
  const slot = bar.closest('.ti-slot');
  const track = bar.closest('.ti-track');
  const slots = Number(getComputedStyle(board).getPropertyValue('--ti-slots'));
  const width = track.getBoundingClientRect().width / slots;
  let moving = false;
  let over = null;

  const startAt = (x) => startOf(bar) + Math.round((x - down.clientX) / width);
  const move = (event) => {
    if (!moving && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < START_PX) return;
    if (!moving) {
      moving = true;
      bar.setPointerCapture(down.pointerId);
      slot.dataset.dragging = '';
    }
    slot.style.translate = `${(startAt(event.clientX) - startOf(bar)) * width}px ${event.clientY - down.clientY}px`;
    over?.removeAttribute('data-over');
    over = document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.matches('.ti-lane'))
      ?? [...board.querySelectorAll('.ti-lane')].find((lane) => {
        const box = lane.getBoundingClientRect();
        return event.clientY >= box.top && event.clientY < box.bottom;
      });
    if (over?.dataset.helper !== undefined) over.setAttribute('data-over', '');
  };
  const finish = (event) => {
    ['pointermove', 'pointerup', 'pointercancel'].forEach((type) => bar.removeEventListener(type, type === 'pointermove' ? move : finish));
    document.removeEventListener('keydown', cancel);
    over?.removeAttribute('data-over');
    slot.style.translate = '';
    delete slot.dataset.dragging;
    if (!moving) return;
    bar.addEventListener('click', (click) => { click.preventDefault(); click.stopImmediatePropagation(); }, { once: true, capture: true });
    const start = Math.max(1, startAt(event.clientX));
    const same = over === bar.closest('.ti-lane') && start === startOf(bar);
    if (event.type === 'pointerup' && over?.dataset.helper !== undefined && !same) {
      post(board, { visit: bar.dataset.visit, helper: over.dataset.helper, start });
    }
  };
  const cancel = (event) => {
    if (event.key === 'Escape') finish(new PointerEvent('pointercancel'));
  };
  bar.addEventListener('pointermove', move);
  bar.addEventListener('pointerup', finish);
  bar.addEventListener('pointercancel', finish);
  document.addEventListener('keydown', cancel);
}

export function moveInLanes(root) {
  const boards = [...root.querySelectorAll('.ti-lanes:not([data-ready])')];
  if (root.matches?.('.ti-lanes:not([data-ready])')) boards.push(root);
  boards.forEach((board) => {
    board.dataset.ready = '';
    board.addEventListener('keydown', (event) => {
      const bar = event.target.closest('.ti-bar');
      if (!bar || !/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return;
      const next = neighbour(bar, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    if (!board.dataset.moveUrl) return;
    board.addEventListener('pointerdown', (event) => {
      const bar = event.target.closest('.ti-bar[data-visit]');
      if (bar && event.button === 0 && event.pointerType !== 'touch') drag(board, bar, event);
    });
    board.addEventListener('dragstart', (event) => event.preventDefault()); // links and pictures have their own drag
  });
}
