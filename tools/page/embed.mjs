// Turns the built page and, where there is one, the engine into a source file: node embed.mjs PAGE SOURCE [ENGINE_JS ENGINE_WASM]
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [page, source, script, wasm] = process.argv.slice(2);

/** A string literal in parts that every compiler takes. */
function literal(text) {
    const parts = text.match(/[^]{1,12000}/gu) ?? [''];
    return parts.map((part) => `    R"~page~(${part})~page~"`).join('\n');
}

const packed = (path) => gzipSync(readFileSync(path), { level: 9 }).toString('base64');
const engine = script ? JSON.stringify({ script: packed(script), wasm: packed(wasm) }) : '';

writeFileSync(
    source,
    `#include "report/page_template.h"

namespace corridor::report {
namespace {

constexpr char kPage[] =
${literal(readFileSync(page, 'utf8'))};

constexpr char kEngine[] =
${literal(engine)};

}  // namespace

std::string_view page_template() { return {kPage, sizeof kPage - 1}; }
std::string_view page_engine() { return {kEngine, sizeof kEngine - 1}; }

}  // namespace corridor::report
`,
);
