/**
 * What runs inside a function's thread: loads the handler, runs one event at a time, words errors and log lines as the
 * Lambda runtime does. Modules come from the function's own asset only, as in AWS; `@aws-sdk/*` and `@smithy/*`, which the
 * runtime brings there, fall back to this project's own.
 */
import { existsSync } from 'node:fs';
import { createRequire, flushCompileCache, registerHooks } from 'node:module';
import { isAbsolute, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCompiled } from './compiled.ts';

export interface WorkerSettings {
  taskRoot: string;
  /** File that keeps what was compiled of the function's module, from one thread to the next. */
  compiledFile: string;
  handler: string;
  logFormat: 'Text' | 'JSON';
}
export interface InvokeMessage {
  requestId: string;
  /** The event as JSON text. */
  payload: string;
  /** Time that the handler has, from when its module is loaded. */
  timeoutMs: number;
  invokedFunctionArn: string;
}
export interface RuntimeError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'log'; text: string }
  | { kind: 'result'; requestId: string; payload: string; usedMemory: number }
  | { kind: 'failure'; requestId: string; error: RuntimeError; usedMemory: number };

type Handler = (event: unknown, context: unknown, callback: (error: unknown, result?: unknown) => void) => unknown;

const { taskRoot, handler: handlerName, logFormat, compiledFile } = workerData as WorkerSettings;
const port = parentPort as NonNullable<typeof parentPort>;
// In AWS no package.json lies above the asset, so a `.js` file without one beside it is CommonJS.
const isPlain = !existsSync(join(taskRoot, 'package.json'));
let currentRequestId = '';
/** What is left to do after the first event. */
let afterFirst: (() => void) | undefined;

// For this thread's start only: no part of the function's environment.
delete process.env.NODE_COMPILE_CACHE;
captureOutput();
keepToTaskRoot();
const loaded = loadHandler().catch((error: unknown) => ({ error: describe(error) }));
void loaded.then(() => {
  post({ kind: 'ready' });
  // A thread that is ended from outside writes nothing by itself.
  flushCompileCache();
});

port.on('message', (message: InvokeMessage) => {
  void run(message);
});

async function run(message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  currentRequestId = requestId;
  const found = await loaded;
  try {
    if (typeof found !== 'function') throw found;
    const result = await call(found, JSON.parse(message.payload), contextOf(message));
    const payload = JSON.stringify(result) ?? 'null';
    post({ kind: 'result', requestId, payload, usedMemory: usedMemory() });
  } catch (thrown) {
    const isInit = typeof found !== 'function';
    const error = isInit ? found.error : describe(thrown);
    if (!isInit) console.error('Invoke Error', JSON.stringify({ ...error, stack: error.trace, trace: undefined }));
    post({ kind: 'failure', requestId, error, usedMemory: usedMemory() });
  }
  // Once it has been answered: its time is not the event's.
  afterFirst?.();
  afterFirst = undefined;
}

/** Async and callback style: whichever answers first. */
function call(handler: Handler, event: unknown, context: Record<string, unknown>): Promise<unknown> {
  return new Promise((done, failed) => {
    const callback = (error: unknown, result?: unknown): void => {
      if (error === null || error === undefined) done(result);
      else failed(error);
    };
    context.done = callback;
    context.succeed = (result: unknown) => callback(null, result);
    context.fail = (error: unknown) => callback(error ?? new Error('context.fail'));
    const returned = handler(event, context, callback);
    const isPromise = typeof (returned as Promise<unknown> | undefined)?.then === 'function';
    if (isPromise) (returned as Promise<unknown>).then(done, failed);
    else if (handler.length < 3 && returned !== undefined) done(returned);
  });
}

function contextOf({ requestId, timeoutMs, invokedFunctionArn }: InvokeMessage): Record<string, unknown> {
  const { env } = process;
  const deadline = Date.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: requestId,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function loadHandler(): Promise<Handler> {
  const dot = handlerName.lastIndexOf('.');
  const path = join(taskRoot, handlerName.slice(0, dot));
  const exported = await loadModule(path);
  const name = handlerName.slice(dot + 1);
  const handler = exported[name] ?? (exported.default as Record<string, unknown> | undefined)?.[name];
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  return handler as Handler;
}
async function loadModule(path: string): Promise<Record<string, unknown>> {
  const require = createRequire(join(taskRoot, 'noop.js'));
  for (const extension of ['.js', '.cjs', '.mjs', '']) {
    let file: string;
    try {
      file = require.resolve(path + extension);
    } catch {
      continue;
    }
    if (isPlain && extension === '.js') {
      const compiled = loadCompiled(file, compiledFile);
      afterFirst = compiled.keep;
      return compiled.exports;
    }
    return extension === '.mjs' ? await import(pathToFileURL(file).href) : require(file);
  }
  throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${handlerName}' in ${taskRoot}`);
}

function runtimeError(errorType: string, message: string): Error {
  const error = new Error(message);
  error.name = errorType;
  return error;
}
function describe(thrown: unknown): RuntimeError {
  if (!(thrown instanceof Error)) {
    return {
      errorType: typeof thrown,
      errorMessage: typeof thrown === 'string' ? thrown : JSON.stringify(thrown),
      trace: [],
    };
  }
  const code = (thrown as Error & { code?: string }).code;
  const missing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  const errorType = missing ? 'Runtime.ImportModuleError' : thrown.name;
  const errorMessage = missing ? `Error: ${thrown.message}` : thrown.message;
  return { errorType, errorMessage, trace: (thrown.stack ?? '').split('\n') };
}

/** A module outside of the asset is not there in AWS; finding it here would hide a broken bundle. */
function keepToTaskRoot(): void {
  const own = createRequire(import.meta.url);
  registerHooks({
    load(url, context, next) {
      const isCommonJs = isPlain && url.endsWith('.js') && url.startsWith('file:') && inside(fileURLToPath(url));
      return next(url, isCommonJs ? { ...context, format: 'commonjs' } : context);
    },
    resolve(specifier, context, next) {
      const isProvided = /^(@aws-sdk|@smithy)\//.test(specifier);
      let resolved: ReturnType<typeof next> | undefined;
      try {
        resolved = next(specifier, context);
      } catch (error) {
        if (!isProvided) throw error;
      }
      if (resolved?.url.startsWith('node:')) return resolved;
      const path = resolved?.url.startsWith('file:') ? fileURLToPath(resolved.url) : undefined;
      const parent = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : taskRoot;
      if (resolved !== undefined && (path === undefined || inside(path) || !inside(parent))) return resolved;
      if (isProvided) return { url: pathToFileURL(own.resolve(specifier)).href, shortCircuit: true };
      const missing = new Error(`Cannot find module '${specifier}' in the function's asset`);
      throw Object.assign(missing, { code: 'MODULE_NOT_FOUND' });
    },
  });
}
function inside(path: string): boolean {
  return !isAbsolute(path) || path === taskRoot || path.startsWith(taskRoot + sep);
}

/** console.* becomes a log line as the runtime writes it; what is written to stdout directly stays as it is. */
function captureOutput(): void {
  const levels = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...parts: unknown[]) => {
      const timestamp = new Date().toISOString();
      const message = format(...parts);
      if (logFormat === 'JSON')
        post({ kind: 'log', text: JSON.stringify({ timestamp, level, requestId: currentRequestId, message }) });
      else post({ kind: 'log', text: `${timestamp}\t${currentRequestId}\t${level}\t${message}` });
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      for (const line of text.split('\n')) if (line !== '') post({ kind: 'log', text: line });
      const done = rest.at(-1);
      if (typeof done === 'function') queueMicrotask(() => done());
      return true;
    }) as typeof stream.write;
  }
}

function post(message: WorkerMessage): void {
  port.postMessage(message);
}
/** Bytes of this thread's own heap. */
function usedMemory(): number {
  return getHeapStatistics().used_heap_size;
}
