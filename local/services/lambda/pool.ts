/**
 * The worker threads of one function: one event at a time each, kept warm, grown up to the function's limit and the machine's when an event
 * has waited as long as one more thread takes to start: by then, most have had their turn (AWS would start one at once). Beyond the limits,
 * events wait (AWS would throttle). Idle workers beyond the first are retired.
 */
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { InvokeMessage, RuntimeError, WorkerMessage, WorkerSettings } from './worker.ts';

export interface PoolSettings {
  /** The function's name: what is kept of its compiled code has it, too. */
  name: string;
  worker: Omit<WorkerSettings, 'compiledFile'>;
  /** Environment of the worker in this slot (slots have their own key pair). */
  environment(slot: number): Record<string, string>;
  memorySizeMb: number;
  timeoutMs: number;
  /** Most events at once. */
  concurrency: number;
}
export interface Task {
  requestId: string;
  payload: string;
  invokedFunctionArn: string;
  /** Called when a worker takes the event. */
  started?(slot: number): void;
  log(line: string): void;
}
export interface Outcome {
  payload: string;
  error?: RuntimeError;
  durationMs: number;
  /** Time to load the function's module, when this event was the first of its worker. */
  initMs?: number;
  usedMemoryMb: number;
}

/** How long an idle worker beyond the first is kept, in milliseconds. */
const idleTime = 30_000;
/** Lambda gives the load of a module ten seconds before the event's own time begins. */
const initTime = 10_000;

/**
 * Megabytes that new objects of a thread have before the first collection. With V8's own one, loading a function's modules is collected over and
 * over: a tenth of what its first event takes. For threads that start from now on.
 */
setFlagsFromString('--min-semi-space-size=4');

/** What a warm thread of a usual function takes; a quarter of the machine's memory is theirs. */
const threadBytes = 40 * 1_048_576;
const roomForThreads = Math.min(256, Math.max(32, Math.floor(totalmem() / 4 / threadBytes)));
/** Where what was compiled is kept: a function that was loaded before loads in half the time. */
const compileCache = join(tmpdir(), 'local-functions-compile-cache');

/** Bounds the threads of all functions together, so that memory stays sane. */
export class Machine {
  readonly #pools = new Set<Pool>();
  readonly #capacity: number;
  constructor(capacity = roomForThreads) {
    this.#capacity = capacity;
  }
  add(pool: Pool): void {
    this.#pools.add(pool);
  }
  remove(pool: Pool): void {
    this.#pools.delete(pool);
  }
  /**
   * Whether the pool may have one more thread; an idle one elsewhere makes room when the machine is full. The first of each
   * is always allowed: functions that call each other can't block.
   */
  admits(pool: Pool): boolean {
    let total = 0;
    for (const other of this.#pools) total += other.size;
    if (total < this.#capacity) return true;
    const others = [...this.#pools].filter((other) => other !== pool).sort((a, b) => a.lastUsed - b.lastUsed);
    if (others.some((other) => other.retireOne(1))) return true;
    if (pool.size > 0) return false;
    others.some((other) => other.retireOne(0));
    return true;
  }
  /** A thread is free again: those who wait for room may go on. */
  released(): void {
    for (const pool of this.#pools) pool.advance();
  }
}

interface Member {
  worker: Worker;
  slot: number;
  /** Milliseconds of the process's clock. */
  spawnedAt: number;
  initMs: number | undefined;
  running: { task: Task; settle(message: WorkerMessage | Exit): void } | undefined;
  timer: NodeJS.Timeout | undefined;
  fresh: boolean;
  onReady?: () => void;
}
interface Waiting {
  task: Task;
  /** Milliseconds of the process's clock. */
  since: number;
  done(outcome: Outcome): void;
}
interface Exit {
  kind: 'exit';
  error: RuntimeError;
}

export class Pool {
  readonly #settings: PoolSettings;
  readonly #machine: Machine;
  readonly #members = new Set<Member>();
  readonly #waiting: Waiting[] = [];
  #closed = false;
  #growing: NodeJS.Timeout | undefined;
  /** When an event was last taken, in milliseconds of the process's clock. */
  lastUsed = 0;

  constructor(settings: PoolSettings, machine: Machine) {
    this.#settings = settings;
    this.#machine = machine;
    machine.add(this);
  }

  get size(): number {
    return this.#members.size;
  }
  get concurrency(): number {
    return this.#settings.concurrency;
  }
  get running(): number {
    let count = 0;
    for (const member of this.#members) if (member.running !== undefined) count += 1;
    return count;
  }
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs one event. Never rejects: what goes wrong is in the outcome. */
  run(task: Task): Promise<Outcome> {
    return new Promise((done) => {
      this.#waiting.push({ task, since: performance.now(), done });
      this.advance();
    });
  }

  /** Gives waiting events to free workers. */
  advance(): void {
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      const member = this.#idle() ?? this.#grow(next.since);
      if (member === undefined) return;
      this.#waiting.shift();
      void this.#execute(member, next.task).then(next.done);
    }
  }
  #idle(): Member | undefined {
    for (const member of this.#members) if (member.running === undefined) return member;
    return undefined;
  }
  /** One more thread, if there may be one and who waits `since` then has waited long enough; asks again when that is so. */
  #grow(since: number): Member | undefined {
    clearTimeout(this.#growing);
    if (this.#members.size >= this.#settings.concurrency) return undefined;
    const newest = [...this.#members].at(-1);
    if (newest !== undefined) {
      const { spawnedAt, initMs } = newest;
      // It is starting: whoever waits may have it.
      if (initMs === undefined) return undefined;
      const rest = Math.max(since, spawnedAt + initMs) + initMs - performance.now();
      if (rest > 0) {
        this.#growing = setTimeout(() => this.advance(), rest);
        return undefined;
      }
    }
    if (!this.#machine.admits(this)) return undefined;
    return this.#spawn();
  }

  #spawn(): Member {
    const taken = new Set([...this.#members].map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    const { name, memorySizeMb, worker: settings } = this.#settings;
    const workerData: WorkerSettings = { ...settings, compiledFile: join(compileCache, `${name}.compiled`) };
    const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
      workerData,
      env: { ...this.#settings.environment(slot), NODE_COMPILE_CACHE: compileCache },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: memorySizeMb },
    });
    const member: Member = {
      worker,
      slot,
      spawnedAt: performance.now(),
      initMs: undefined,
      running: undefined,
      timer: undefined,
      fresh: true,
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') {
        member.initMs = performance.now() - member.spawnedAt;
        member.onReady?.();
        this.advance();
      } else if (message.kind === 'log') member.running?.task.log(message.text);
      else member.running?.settle(message);
    });
    worker.on('error', (error) => this.#lost(member, describeLoss(error, memorySizeMb)));
    worker.on('exit', (code) => {
      this.#lost(member, {
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with error: exit status ${code}`,
      });
    });
    this.#members.add(member);
    return member;
  }

  async #execute(member: Member, task: Task): Promise<Outcome> {
    clearTimeout(member.timer);
    this.lastUsed = performance.now();
    const isFirst = member.fresh;
    member.fresh = false;
    const { timeoutMs } = this.#settings;
    const begun = performance.now();
    const settled = new Promise<WorkerMessage | Exit>((settle) => {
      member.running = { task, settle };
    });
    task.started?.(member.slot);
    const timeUp = (): void => {
      const text = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
      task.log(`${new Date().toISOString()} ${task.requestId} ${text}`);
      const errorMessage = `RequestId: ${task.requestId} Error: ${text}`;
      this.#lost(member, { errorType: 'Sandbox.Timedout', errorMessage });
    };
    let timer = setTimeout(timeUp, member.initMs === undefined ? initTime + timeoutMs : timeoutMs);
    member.onReady = () => {
      clearTimeout(timer);
      timer = setTimeout(timeUp, timeoutMs);
    };
    const { requestId, payload, invokedFunctionArn } = task;
    const message: InvokeMessage = { requestId, payload, timeoutMs, invokedFunctionArn };
    member.worker.postMessage(message);
    const answer = await settled;
    clearTimeout(timer);
    member.running = undefined;
    const initMs = isFirst ? member.initMs : undefined;
    const outcome: Outcome = {
      payload: 'null',
      durationMs: Math.max(0, performance.now() - begun - (initMs ?? 0)),
      usedMemoryMb: 'usedMemory' in answer ? Math.ceil(answer.usedMemory / 1_048_576) : this.#settings.memorySizeMb,
    };
    if (initMs !== undefined) outcome.initMs = initMs;
    if (answer.kind === 'result') outcome.payload = answer.payload;
    else if (answer.kind === 'failure' || answer.kind === 'exit') {
      outcome.error = answer.error;
      outcome.payload = JSON.stringify(answer.error);
      // A module that did not load is loaded anew by the next event, as in AWS.
      if (answer.error.errorType.startsWith('Runtime.')) this.#drop(member);
    }
    this.#rest(member);
    return outcome;
  }

  #rest(member: Member): void {
    if (this.#closed) {
      // The machine knows of it no more.
      this.advance();
      if (member.running === undefined) this.#drop(member);
    }
    if (this.#members.has(member) && this.#waiting.length === 0 && this.#members.size > 1) {
      member.timer = setTimeout(() => {
        if (member.running === undefined && this.#members.size > 1) this.#drop(member);
      }, idleTime);
      member.timer.unref();
    }
    this.#machine.released();
  }

  #lost(member: Member, error: RuntimeError): void {
    this.#drop(member);
    member.running?.settle({ kind: 'exit', error });
  }
  #drop(member: Member): void {
    clearTimeout(member.timer);
    if (this.#members.delete(member)) void member.worker.terminate();
  }

  /** Ends one idle worker, if there is one and at least `kept` remain. */
  retireOne(kept: number): boolean {
    if (this.#members.size <= kept) return false;
    const member = this.#idle();
    if (member === undefined) return false;
    this.#drop(member);
    return true;
  }

  /** No new events; those that run or wait come to their end, then the workers do. */
  retire(): void {
    this.#closed = true;
    this.#machine.remove(this);
    for (const member of this.#members) if (member.running === undefined) this.#drop(member);
  }

  /** Ends all workers now. */
  async stop(): Promise<void> {
    this.#closed = true;
    this.#machine.remove(this);
    clearTimeout(this.#growing);
    this.#waiting.length = 0;
    const workers = [...this.#members].map(({ worker }) => worker.terminate());
    this.#members.clear();
    await Promise.all(workers);
  }
}

function describeLoss(error: Error & { code?: string }, memorySizeMb: number): RuntimeError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return {
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `Runtime exited with error: signal: killed (more than ${memorySizeMb} MB)`,
    };
  }
  return {
    errorType: `Runtime.UnhandledPromiseRejection`,
    errorMessage: `${error.name}: ${error.message}`,
    trace: (error.stack ?? '').split('\n'),
  };
}
