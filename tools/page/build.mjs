// Bundles the page into one HTML file: node build.mjs MODULES OUT
// MODULES is the node_modules folder with what package.json names; OUT/page.html is the template, in which corridor
// puts @LANG@, @ENGINE@ and @DATA@.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [modules, out] = process.argv.slice(2).map((path) => resolve(path));
const here = dirname(fileURLToPath(import.meta.url));
const esbuild = createRequire(join(modules, '..', 'build.mjs'))('esbuild');

const options = { bundle: true, minify: true, write: false, target: 'es2022', legalComments: 'none', nodePaths: [modules], charset: 'utf8' };
const bundle = async (entry, more) => (await esbuild.build({ ...options, entryPoints: [join(here, 'src', entry)], ...more })).outputFiles[0].text;

const packed = (text) => gzipSync(text, { level: 9 }).toString('base64');

// The program waits for its data, which only a module can do at its top; a module is imported from an address.
const program = packed(await bundle('main.js', { format: 'esm' }));
const style = await bundle('style.css', {});
const topology = JSON.parse(readFileSync(join(modules, 'world-atlas', 'countries-50m.json')));
delete topology.objects.land;
for (const country of topology.objects.countries.geometries) country.properties = {};
const start = await bundle('start.js', { format: 'iife' });
const hash = createHash('sha256').update(start).digest('base64');
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:; worker-src blob:; img-src data: blob:`;

const page = `<!doctype html>
<html lang="@LANG@">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>corridor</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#comparison"></a>
<header><h1></h1><nav></nav></header>
<main><noscript>This report draws itself with JavaScript, which is switched off here.</noscript></main>
<footer></footer>
<script type="text/plain" id="world">${packed(JSON.stringify(topology))}</script>
<script type="text/plain" id="program">${program}</script>
<script type="application/json" id="engine">@ENGINE@</script>
<script type="text/plain" id="data">@DATA@</script>
<script>${start}</script>
</body>
</html>
`;
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'page.html'), page);
