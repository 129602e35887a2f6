/** A WebAssembly file is its bytes: the bundler puts them into the function. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
