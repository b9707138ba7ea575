/**
 * Copies the front-end packages that Tillit serves itself into src/tillit/ui/static/ui/vendor/.
 *
 *     cd scripts/vendor-frontend && npm ci && npm run vendor
 *
 * Writes the files, each package's licence, and vendor/README.md with version, licence and checksum.
 * Source map links are stripped: the manifest storage would look for the maps and stop collectstatic.
 * Two files are not fetched here, see "By hand" in README.md: the colour theme and the subset latin-ext font.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const modules = path.join(here, 'node_modules');
const vendor = path.join(root, 'src/tillit/ui/static/ui/vendor');

const TEXT = new Set(['.js', '.css', '.svg']);

/** [package, file in the package, target folder, target name] */
const FILES = [
  ['@digdir/designsystemet-css', 'dist/src/index.css', 'designsystemet', 'designsystemet.css'],
  ['@fontsource-variable/inter', 'files/inter-latin-wght-normal.woff2', 'inter', 'inter-latin.woff2'],
  ['htmx.org', 'dist/htmx.min.js', 'htmx', 'htmx.min.js'],
  ['leaflet', 'dist/leaflet.js', 'leaflet', 'leaflet.js'],
  ['leaflet', 'dist/leaflet.css', 'leaflet', 'leaflet.css'],
  ...readdirSync(path.join(modules, 'leaflet/dist/images')).sort()
    .map((name) => ['leaflet', `dist/images/${name}`, 'leaflet/images', name]),
];

const packageOf = (name) => JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
const checksum = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

function copy(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  if (!TEXT.has(path.extname(to))) return copyFileSync(from, to);
  const text = readFileSync(from, 'utf8')
    .replace(/^\/\/[#@] sourceMappingURL=.*$/gm, '')
    .replace(/\/\*[#@] sourceMappingURL=.*?\*\//g, '');
  return writeFileSync(to, `${text.trimEnd()}\n`);
}

function licence(name, folder) {
  for (const file of ['LICENSE', 'LICENCE', 'LICENSE.md', 'LICENSE.txt']) {
    const from = path.join(modules, name, file);
    if (existsSync(from)) return copyFileSync(from, path.join(folder, 'LICENSE'));
  }
  console.warn(`${name} ships no licence file: ${folder}/LICENSE is kept as it is`);
  return undefined;
}

/** One symbol per icon, in currentColor, named i-Name. */
function symbol(name) {
  const svg = readFileSync(path.join(modules, '@navikt/aksel-icons/dist/svg', `${name}.svg`), 'utf8');
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
  const inner = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
    .replace(/<title[^>]*>.*?<\/title>/g, '')
    .replace(/ fill="(#[0-9A-Fa-f]{3,8}|currentColor|black)"/g, '');
  return `<symbol id="i-${name}" viewBox="${viewBox}">${inner.trim()}</symbol>`;
}

const rows = [];
const seen = new Set();
for (const [name, from, folder, to] of FILES) {
  const target = path.join(vendor, folder, to);
  copy(path.join(modules, name, from), target);
  if (!seen.has(name)) licence(name, path.join(vendor, folder));
  seen.add(name);
  const { version, license } = packageOf(name);
  rows.push([`${folder}/${to}`, `${name} \`${from}\``, version, license, checksum(target)]);
}

const icons = readFileSync(path.join(here, 'icons.txt'), 'utf8').split('\n').filter(Boolean).sort();
const sprite = path.join(vendor, 'aksel/icons.svg');
mkdirSync(path.dirname(sprite), { recursive: true });
writeFileSync(sprite, `<svg xmlns="http://www.w3.org/2000/svg">\n${icons.map(symbol).join('\n')}\n</svg>\n`);
licence('@navikt/aksel-icons', path.join(vendor, 'aksel'));
rows.push(['aksel/icons.svg', `@navikt/aksel-icons, ${icons.length} of \`dist/svg/*\` (icons.txt)`,
  packageOf('@navikt/aksel-icons').version, 'MIT', checksum(sprite)]);

for (const [file, source, version, kind] of [
  ['designsystemet/tillit-theme.css', '@digdir/designsystemet (command line), from `tillit-theme.config.json`', '1.15.0', 'MIT'],
  ['inter/inter-latin-ext.woff2', '@fontsource-variable/inter, subset of latin-ext', '5.3.0', 'OFL-1.1'],
]) rows.push([file, `${source} (by hand)`, version, kind, checksum(path.join(vendor, file))]);

const axe = path.join(root, 'tests/browser/axe.min.js');
copy(path.join(modules, 'axe-core/axe.min.js'), axe);
copyFileSync(path.join(modules, 'axe-core/LICENSE'), path.join(root, 'tests/browser/axe.LICENSE'));

writeFileSync(path.join(vendor, 'README.md'), `# Vendored front-end files

Written by \`scripts/vendor-frontend\` (\`npm ci && npm run vendor\`); do not edit. Unchanged but for stripped source map
links. No Node is needed to run Tillit, and no request leaves our own origin. Each folder has its licence.

| file | from | version | licence | sha256 |
|---|---|---|---|---|
${rows.sort((a, b) => (a[0] < b[0] ? -1 : 1)).map((row) => `| ${row.join(' | ')} |`).join('\n')}

For tests only: \`tests/browser/axe.min.js\`, axe-core ${packageOf('axe-core').version}, MPL-2.0, sha256 ${checksum(axe)}.

## By hand

- \`designsystemet/tillit-theme.css\`: \`npx @digdir/designsystemet@1.15.0 tokens create --config tillit-theme.config.json\`,
  then \`tokens build -t design-tokens -o build\`. A municipality gets its own accent this way; keep the support
  colour named \`lyng\`.
- \`inter/inter-latin-ext.woff2\`: Latin Extended-A and the Sámi letters of \`inter-latin-ext-wght-normal.woff2\`, made with
  \`pyftsubset --flavor=woff2 --unicodes=…\`; the range stands in \`css/tokens.css\`.
`);
console.log(`${rows.length} files, ${icons.length} icons`);

/** Places in time, in slots: s-N starts in slot N, w-N is N slots wide; ti-slots-N says how many the board has. */
const SLOTS = 288; // a day of five-minute slots
const rules = (count, rule, step = 1) => Array.from({ length: count / step }, (_, i) => rule((i + 1) * step)).join('');
writeFileSync(path.join(root, 'src/tillit/ui/static/ui/css/slots.css'), `/* Tillit: places in time. Generated by scripts/vendor-frontend; do not edit. */
@layer tillit {
${rules(SLOTS, (n) => `.s-${n}{grid-column-start:${n}}`)}
${rules(SLOTS, (n) => `.w-${n}{grid-column-end:span ${n}}`)}
${rules(SLOTS, (n) => `.ti-slots-${n}{--ti-slots:${n}}`, 6)}
}
`);
