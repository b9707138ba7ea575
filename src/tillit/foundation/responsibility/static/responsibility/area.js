/**
 * Draw an area. The table of points is the truth: the map reads it and writes it, and the form posts it.
 *
 * Press on the map: a point after the chosen one, or on the line where it is pressed. Drag: move. Keys on a point: arrows
 * move (Shift: in small steps), PageUp and PageDown choose another, Delete removes. Everything can be taken back.
 */
const NS = 'http://www.w3.org/2000/svg';
const HIT_PX = 14; // half of what a finger may miss: 28 px across
const DOT_PX = 7;
const SNAP_PX = 10;
const LINE_PX = 9;
const MOVE_PX = 4; // a shaky hand does not move a point
const DECIMALS = 6;

const root = document.querySelector('[data-draw]');
if (root) draw(root);

function draw(place) {
  const svg = place.querySelector('svg.ti-map');
  const own = svg.querySelector('[data-own]');
  const layer = svg.querySelector('[data-handles]');
  const rows = document.querySelector('[data-points]');
  const live = document.getElementById('ti-live');
  const { west, north, across, down } = Object.fromEntries(Object.entries(svg.dataset).map(([key, value]) => [key, Number(value)]));
  const whole = svg.viewBox.baseVal;
  const full = { x: 0, y: 0, width: whole.width, height: whole.height };
  const corners = [...svg.querySelectorAll('[data-neighbour]')].flatMap((area) => [...area.points].map(({ x, y }) => ({ x, y })));
  const history = [];
  let view = { ...full };
  let points = read();
  let chosen = points.length - 1;

  // ── Degrees and points ──
  function number(text) {
    return text.trim() === '' ? NaN : Number(text.trim().replace(',', '.').replace('\u2212', '-'));
  }
  function typed(degrees) {
    return String(Number(degrees.toFixed(DECIMALS))).replace('.', ',');
  }
  function place_of({ x, y }) {
    return { latitude: typed(north - y / down), longitude: typed(west + x / across) };
  }
  /** Rows that cannot be read stay in the table and are left out of the drawing. */
  function read() {
    return [...rows.rows].map((row) => {
      const [latitude, longitude] = [...row.querySelectorAll('input')].map((field) => number(field.value));
      const ok = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      return ok ? { x: (longitude - west) * across, y: (north - latitude) * down, row } : null;
    }).filter(Boolean);
  }

  // ── The table ──
  function words(template, index = 0) {
    return template.replace('{number}', index + 1).replace('{count}', points.length);
  }
  function newRow() {
    const row = document.createElement('tr');
    const head = Object.assign(document.createElement('th'), { scope: 'row' });
    const cells = ['latitude', 'longitude'].map((name) => {
      const cell = document.createElement('td');
      const field = Object.assign(document.createElement('input'), { className: 'ds-input', name, inputMode: 'decimal', autocomplete: 'off' });
      cell.append(field);
      return cell;
    });
    const last = document.createElement('td');
    const button = Object.assign(document.createElement('button'), { className: 'ti-iconbtn', type: 'submit', name: 'do' });
    button.append((rows.querySelector('button svg') ?? place.querySelector('[data-act="remove"] svg')).cloneNode(true));
    last.append(button);
    row.append(head, ...cells, last);
    return row;
  }
  function rename() {
    [...rows.rows].forEach((row, index) => {
      row.querySelector('th').textContent = words(place.dataset.row, index);
      const [latitude, longitude] = row.querySelectorAll('input');
      latitude.setAttribute('aria-label', words(place.dataset.latitude, index));
      longitude.setAttribute('aria-label', words(place.dataset.longitude, index));
      const button = row.querySelector('button');
      button.value = `remove:${index + 1}`;
      button.setAttribute('aria-label', words(place.dataset.remove, index));
    });
  }
  function write(point) {
    const { latitude, longitude } = place_of(point);
    const [first, second] = point.row.querySelectorAll('input');
    first.value = latitude;
    second.value = longitude;
    [first, second].forEach((field) => field.removeAttribute('aria-invalid'));
    point.row.querySelector('.ds-validation-message')?.remove();
  }

  // ── The drawing ──
  const unit = () => view.width / svg.clientWidth; // viewBox units per CSS pixel
  function paint() {
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.toggleAttribute('data-zoomed', view.width < full.width);
    svg.querySelectorAll('text.place').forEach((text) => text.setAttribute('transform', zoomed(text)));
    own.setAttribute('points', points.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' '));
    while (layer.childElementCount > points.length) layer.lastElementChild.remove();
    while (layer.childElementCount < points.length) layer.append(handle());
    const scale = unit();
    points.forEach((point, index) => {
      const grip = layer.children[index];
      grip.setAttribute('transform', `translate(${point.x} ${point.y}) scale(${scale})`);
      grip.setAttribute('aria-label', words(place.dataset.point, index));
      grip.setAttribute('tabindex', index === chosen ? '0' : '-1');
      grip.toggleAttribute('aria-current', index === chosen);
      if (index === chosen) grip.setAttribute('aria-current', 'true');
      point.row.toggleAttribute('data-chosen', index === chosen);
    });
    [...rows.rows].filter((row) => !points.some((point) => point.row === row)).forEach((row) => row.removeAttribute('data-chosen'));
    place.querySelector('[data-act="remove"]').disabled = chosen < 0;
    place.querySelector('[data-act="undo"]').disabled = !history.length;
  }
  /** Names keep their size when one looks closer. */
  function zoomed(text) {
    const [x, y] = [text.getAttribute('x'), text.getAttribute('y')];
    return view.width === full.width ? '' : `translate(${x} ${y}) scale(${view.width / full.width}) translate(${-x} ${-y})`;
  }
  function handle() {
    const group = document.createElementNS(NS, 'g');
    group.setAttribute('class', 'ti-draw__handle');
    group.setAttribute('role', 'button');
    group.setAttribute('aria-describedby', 'tegnehjelp');
    [['reach', HIT_PX], ['dot', DOT_PX], ['ring', HIT_PX - 2]].forEach(([name, radius]) => {
      const circle = document.createElementNS(NS, 'circle');
      circle.setAttribute('class', name);
      circle.setAttribute('r', radius);
      group.append(circle);
    });
    return group;
  }
  function say(template, index) {
    live.textContent = words(template, index);
  }

  // ── Acts, each of which can be taken back ──
  function remember() {
    history.push({ chosen, rows: [...rows.rows].map((row) => [...row.querySelectorAll('input')].map((field) => field.value)) });
    if (history.length > 100) history.shift();
    changed();
  }
  /** What was foreseen is no longer what will be stored. */
  function changed() {
    document.querySelector('input[name="seen"]')?.setAttribute('value', '');
  }
  function refresh() {
    points = read();
    chosen = Math.min(chosen, points.length - 1);
    if (chosen < 0 && points.length) chosen = 0;
    rename();
    paint();
  }
  function add(at, after) {
    remember();
    [...rows.rows].filter((row) => [...row.querySelectorAll('input')].every((field) => field.value.trim() === '')).forEach((row) => row.remove());
    const row = newRow();
    if (points.length) points[after].row.after(row);
    else rows.append(row);
    write({ ...at, row });
    chosen = points.length ? after + 1 : 0;
    refresh();
    say(place.dataset.added, chosen);
  }
  function remove(index) {
    if (!points[index]) return;
    remember();
    points[index].row.remove();
    const gone = index;
    chosen = Math.max(0, index - 1);
    refresh();
    say(place.dataset.removed, gone);
  }
  function undo() {
    const before = history.pop();
    if (!before) return;
    changed();
    rows.replaceChildren(...before.rows.map((values) => {
      const row = newRow();
      row.querySelectorAll('input').forEach((field, number) => { field.value = values[number]; });
      return row;
    }));
    chosen = before.chosen;
    refresh();
    say(place.dataset.undone, 0);
  }
  function moveTo(index, at) {
    Object.assign(points[index], at);
    write(points[index]);
    paint();
  }
  function choose(index, { focus = false } = {}) {
    if (!points.length) return;
    chosen = (index + points.length) % points.length;
    bringIn(points[chosen]);
    paint();
    if (focus) layer.children[chosen].focus();
  }

  // ── Looking closer ──
  function look(centre, width) {
    const wide = Math.min(full.width, Math.max(full.width / 32, width));
    const high = (wide / full.width) * full.height;
    const clamp = (value, room) => Math.min(Math.max(value, 0), room);
    view = {
      width: wide,
      height: high,
      x: clamp(centre.x - wide / 2, full.width - wide),
      y: clamp(centre.y - high / 2, full.height - high),
    };
    paint();
  }
  const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  function bringIn(point) {
    const inside = point.x > view.x && point.x < view.x + view.width && point.y > view.y && point.y < view.y + view.height;
    if (!inside) look(point, view.width);
  }

  // ── Hands ──
  function where(event) {
    const box = svg.getBoundingClientRect();
    return { x: view.x + (event.clientX - box.left) * unit(), y: view.y + (event.clientY - box.top) * unit() };
  }
  const far = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  function snapped(at) {
    const near = corners.reduce((best, corner) => (far(corner, at) < far(best, at) ? corner : best), { x: Infinity, y: Infinity });
    return far(near, at) <= SNAP_PX * unit() ? { x: near.x, y: near.y } : at;
  }
  /** Index of the point whose line to the next one is pressed, or -1. */
  function lineAt(at) {
    if (points.length < 3) return -1;
    let best = { index: -1, distance: LINE_PX * unit() };
    points.forEach((start, index) => {
      const end = points[(index + 1) % points.length];
      const length = far(start, end) ** 2 || 1;
      const part = Math.min(1, Math.max(0, ((at.x - start.x) * (end.x - start.x) + (at.y - start.y) * (end.y - start.y)) / length));
      const distance = far(at, { x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y) });
      if (distance < best.distance) best = { index, distance };
    });
    return best.index;
  }

  svg.addEventListener('pointerdown', (event) => {
    if (event.button > 0) return;
    const grip = event.target.closest('.ti-draw__handle');
    const index = grip ? [...layer.children].indexOf(grip) : -1;
    const from = { clientX: event.clientX, clientY: event.clientY };
    const start = { ...view };
    let moving = false;
    if (index >= 0) choose(index);
    const move = (now) => {
      if (!moving && Math.hypot(now.clientX - from.clientX, now.clientY - from.clientY) < MOVE_PX) return;
      if (!moving) {
        if (index < 0 && view.width === full.width) return; // nothing to drag: the page may scroll
        moving = true;
        svg.setPointerCapture(event.pointerId);
        if (index >= 0) {
          remember();
          layer.children[index].setAttribute('data-dragging', '');
        }
      }
      if (index >= 0) moveTo(index, snapped(where(now)));
      else {
        const scale = start.width / svg.clientWidth;
        look({ x: start.x + start.width / 2 - (now.clientX - from.clientX) * scale, y: start.y + start.height / 2 - (now.clientY - from.clientY) * scale }, start.width);
      }
    };
    const finish = (now) => {
      svg.removeEventListener('pointermove', move);
      svg.removeEventListener('pointerup', finish);
      svg.removeEventListener('pointercancel', finish);
      layer.children[index]?.removeAttribute('data-dragging');
      if (index >= 0) layer.children[index].focus({ preventScroll: true });
      const still = Math.hypot(now.clientX - from.clientX, now.clientY - from.clientY) < MOVE_PX;
      if (now.type !== 'pointerup' || moving || index >= 0 || !still) return;
      const at = where(now);
      const line = lineAt(at);
      add(line < 0 ? snapped(at) : at, line < 0 ? Math.max(0, chosen) : line);
    };
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', finish);
    svg.addEventListener('pointercancel', finish);
  });

  // ── Keys ──
  layer.addEventListener('keydown', (event) => {
    const step = (event.shiftKey ? 1 : 8) * unit();
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) {
      const [x, y] = moves[event.key];
      if (!event.repeat) remember();
      moveTo(chosen, { x: points[chosen].x + x, y: points[chosen].y + y });
      bringIn(points[chosen]);
    } else if (event.key === 'PageDown') choose(chosen + 1, { focus: true });
    else if (event.key === 'PageUp') choose(chosen - 1, { focus: true });
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove(chosen);
      layer.children[chosen]?.focus();
    } else return;
    event.preventDefault();
  });
  layer.addEventListener('focusin', (event) => {
    const index = [...layer.children].indexOf(event.target.closest('.ti-draw__handle'));
    if (index >= 0 && index !== chosen) choose(index);
  });

  // ── The table and the tools ──
  rows.addEventListener('focusin', (event) => {
    const index = points.findIndex((point) => point.row === event.target.closest('tr'));
    if (index >= 0) choose(index);
  });
  rows.addEventListener('input', () => {
    changed();
    points = read();
    chosen = Math.min(chosen, points.length - 1);
    paint();
  });
  rows.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    event.preventDefault();
    const row = button.closest('tr');
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const index = points.findIndex((point) => point.row === row);
    if (index >= 0) remove(index);
    else {
      row.remove();
      refresh();
    }
    (next?.querySelector('button') ?? document.querySelector('[data-act="add"]')).focus();
  });
  document.querySelector('[data-act="add"]').addEventListener('click', (event) => {
    event.preventDefault();
    remember();
    const row = newRow();
    if (points[chosen]) points[chosen].row.after(row);
    else rows.append(row);
    refresh();
    row.querySelector('input').focus();
  });
  const acts = {
    undo,
    remove: () => remove(chosen),
    in: () => look(points[chosen] ?? middle(), view.width / 2),
    out: () => look(middle(), view.width * 2),
    all: () => look({ x: full.width / 2, y: full.height / 2 }, full.width),
  };
  place.querySelectorAll('[data-tools] [data-act]').forEach((button) => button.addEventListener('click', () => acts[button.dataset.act]()));

  place.querySelectorAll('[data-tools]').forEach((tools) => { tools.hidden = false; });
  new ResizeObserver(paint).observe(svg);
  refresh();
}
