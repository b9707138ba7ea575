/** Maps without tiles: areas, routes and numbered stops from JSON, in the helpers' colours. Leaflet draws. */
const colour = (number) => getComputedStyle(document.documentElement).getPropertyValue(`--ti-h${number}`).trim() || '#4a5560';

function draw(place) {
  const { L } = window;
  const data = JSON.parse(document.getElementById(place.dataset.map).textContent);
  const map = L.map(place, { scrollWheelZoom: false, attributionControl: Boolean(data.tileCredit), zoomSnap: 0.25 });
  if (data.tileUrl) L.tileLayer(data.tileUrl, { attribution: data.tileCredit }).addTo(map);
  const everything = L.featureGroup().addTo(map);

  data.areas.forEach(({ name, ring, colour: number }) => {
    L.polygon(ring, { className: 'ti-leaflet__area', color: colour(number), interactive: false }).addTo(everything)
      .bindTooltip(name, { permanent: true, direction: 'center', className: 'ti-leaflet__place' });
  });
  data.routes.forEach(({ points, colour: number, old }) => {
    L.polyline(points, {
      color: old ? '#737a7e' : colour(number), weight: old ? 2 : 3, dashArray: old ? '2 5' : null, interactive: false,
    }).addTo(everything);
  });
  data.stops.forEach((stop) => {
    const mark = document.createElement('span');
    mark.className = 'ti-leaflet__stop';
    mark.dataset.h = stop.colour;
    mark.textContent = stop.number;
    if (stop.new) mark.dataset.new = '';
    if (!stop.number) mark.dataset.faint = '';
    const size = stop.number ? 26 : 10;
    const icon = L.divIcon({ html: mark, className: 'ti-leaflet__pin', iconSize: [size, size] });
    const marker = L.marker(stop.at, { icon, interactive: false, keyboard: false }).addTo(everything);
    if (stop.label) marker.bindTooltip(stop.label, { permanent: true, direction: 'right', offset: [12, 0], className: 'ti-leaflet__label' });
  });
  map.fitBounds(everything.getBounds(), { padding: [16, 16], maxZoom: 17 }); // one point alone has no bounds to fit
}

/** Draw the maps of the page, or of the part htmx has put in. */
const drawAll = (root) => root.querySelectorAll('[data-map]:not(.leaflet-container)').forEach(draw);

drawAll(document);
document.addEventListener('htmx:afterSettle', ({ detail }) => drawAll(detail.elt));
