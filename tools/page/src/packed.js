/** The bytes of a gzip file in base64. */
export async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0));
    return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

/** The text that the element of that id holds, packed. */
export async function unpackText(id) {
    return new TextDecoder().decode(await unpack(document.getElementById(id).textContent));
}
