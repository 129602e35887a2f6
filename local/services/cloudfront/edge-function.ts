/**
 * A CloudFront Function (cloudfront-js-1.0 and 2.0) in a context of its own: no file, network or timer is in its reach.
 * Event and answer cross as JSON, as they do in AWS.
 */
import { createRequire } from 'node:module';
import vm from 'node:vm';
import type { Json, JsonObject } from '../../types.ts';

export interface EdgeFunction {
  readonly name: string;
  /** The handler's answer. Throws when it throws, takes too long, or never settles. Lines of `console.log` go to `log`. */
  run(event: JsonObject): Json;
}

/** AWS allows about a millisecond of processor time; this is elapsed time on a busy machine, against endless loops. */
const TIMEOUT_MS = 5_000;
/** AWS's limit for a function's code. */
const MAX_CODE_BYTES = 10_240;

const MODULES = ['crypto', 'querystring', 'buffer'];

const INVOKE = new vm.Script(`
  __answer = undefined;
  (async () => handler(JSON.parse(__event)))().then(
    (value) => { __answer = JSON.stringify({ value }); },
    (error) => { __answer = JSON.stringify({ error: String((error && error.stack) || error) }); },
  );
`);

/** Compiles the code; throws an error that names the function for code that can't run here or in AWS. */
export function createEdgeFunction(name: string, code: string, log: (line: string) => void): EdgeFunction {
  const size = Buffer.byteLength(code);
  if (size > MAX_CODE_BYTES)
    throw new Error(`The CloudFront function ${name} has ${size} bytes; AWS allows ${MAX_CODE_BYTES}.`);
  const load = createRequire(`${process.cwd()}/`);
  const sandbox: Record<string, unknown> = {
    console: {
      log: (...values: unknown[]) =>
        log(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ')),
    },
    require: (module: string) => {
      if (!MODULES.includes(module)) throw new Error(`CloudFront functions have no module "${module}" here.`);
      return load(`node:${module}`);
    },
    Buffer,
    __event: '',
    __answer: undefined,
  };
  const context = vm.createContext(sandbox, {
    name: `cloudfront-function ${name}`,
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const source = withoutImports(name, code);
  try {
    new vm.Script(source, { filename: `${name}.js` }).runInContext(context, { timeout: TIMEOUT_MS });
  } catch (error) {
    throw new Error(`The CloudFront function ${name} can't be loaded: ${String(error)}`);
  }
  if (vm.runInContext('typeof handler', context) !== 'function') {
    throw new Error(`The CloudFront function ${name} has no function named handler.`);
  }
  return {
    name,
    run(event) {
      sandbox.__event = JSON.stringify(event);
      INVOKE.runInContext(context, { timeout: TIMEOUT_MS });
      const answer = sandbox.__answer as string | undefined;
      if (answer === undefined) throw new Error('the handler never settled');
      const { value, error } = JSON.parse(answer) as { value?: Json; error?: string };
      if (error !== undefined) throw new Error(error);
      return value ?? null;
    },
  };
}

/** Scripts have no import statements: those of the built-in modules become calls, all others are refused. */
function withoutImports(name: string, code: string): string {
  return code.replace(
    /^[ \t]*import\s+(.+?)\s+from\s+['"]([^'"]+)['"];?/gm,
    (_all, binding: string, module: string) => {
      if (!MODULES.includes(module)) {
        const what =
          module === 'cloudfront' ? 'key value stores and origin selection are' : `the module "${module}" is`;
        throw new Error(`The CloudFront function ${name} imports "${module}": ${what} not spoken here.`);
      }
      return `const ${binding.replace(/^\*\s+as\s+/, '').replaceAll(/\sas\s/g, ': ')} = require('${module}');`;
    },
  );
}
