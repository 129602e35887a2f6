/** Replays of archives: in batches, resumed after a restart from the last event that was put on the bus. */
import { AwsError, type Cloud, type JsonObject } from '../../types.ts';
import type { Broker } from './broker.ts';
import type { Replay } from './model.ts';
import type { EventStore } from './store.ts';

const batchSize = 100;

export type Replayer = ReturnType<typeof createReplayer>;

export function createReplayer(cloud: Cloud, broker: Broker, store: EventStore) {
  const replays = new Map(store.replays().map((replay) => [replay.name, replay]));
  let running = false;
  const active = new Set<Promise<void>>();

  async function run(replay: Replay): Promise<void> {
    replay.state = 'RUNNING';
    while (running) {
      const batch = store.archivedEvents(replay.archive, replay.from, replay.to, replay.cursor, batchSize);
      const last = batch.at(-1);
      if (!last) {
        Object.assign(replay, { state: 'COMPLETED', endedAt: Date.now() });
        store.saveReplay(replay);
        return;
      }
      const bus = broker.bus(replay.bus);
      const only = replay.ruleArns.length > 0 ? new Set(replay.ruleArns) : undefined;
      broker.accept(
        batch.map(({ event }) => ({ bus, event: { ...event, 'replay-name': replay.name } })),
        only,
      );
      Object.assign(replay, { cursor: last.seq, lastEventTime: Math.floor(Date.parse(last.event.time) / 1000) });
      store.saveReplay(replay);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function begin(replay: Replay): void {
    if (!running) return;
    const work = run(replay).catch((error) => {
      Object.assign(replay, { state: 'FAILED', endedAt: Date.now() });
      store.saveReplay(replay);
      cloud.log('error', `Replay ${replay.name} failed: ${String(error)}`);
    });
    active.add(work);
    void work.finally(() => active.delete(work));
  }

  return {
    replays,
    start(): void {
      running = true;
      for (const replay of replays.values()) if (replay.endedAt === undefined) begin(replay);
    },
    async stop(): Promise<void> {
      running = false;
      await Promise.all(active);
    },
    /** StartReplay. Times in seconds since the epoch. */
    startReplay(input: JsonObject): JsonObject {
      const name = String(input.ReplayName);
      const destination = input.Destination as { Arn: string; FilterArns?: string[] } | undefined;
      const archive = [...broker.archives.values()].find(({ arn }) => arn === input.EventSourceArn);
      if (replays.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
      if (!archive) throw new AwsError('ResourceNotFoundException', `Archive ${input.EventSourceArn} does not exist.`);
      if (!destination || broker.bus(destination.Arn).name !== archive.bus) {
        throw new AwsError('ValidationException', 'Parameter Destination.Arn must be the event bus of the archive.');
      }
      const replay: Replay = {
        name,
        archive: archive.name,
        bus: archive.bus,
        ruleArns: destination.FilterArns ?? [],
        from: Number(input.EventStartTime),
        to: Number(input.EventEndTime),
        state: 'STARTING',
        cursor: 0,
        startedAt: Date.now(),
      };
      if (!(replay.from < replay.to)) {
        throw new AwsError('ValidationException', 'Parameter EventStartTime must be before EventEndTime.');
      }
      replays.set(name, replay);
      store.saveReplay(replay);
      begin(replay);
      return { ReplayArn: replayArn(cloud, name), ReplayStartTime: replay.startedAt / 1000, State: 'STARTING' };
    },
    describe(name: string): JsonObject {
      const replay = replays.get(name);
      if (!replay) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
      const archive = broker.archiveArn(replay.archive);
      const destination = { Arn: broker.bus(replay.bus).arn, FilterArns: replay.ruleArns };
      return { ...summary(replay, archive), ReplayArn: replayArn(cloud, name), Destination: destination };
    },
    list(prefix = ''): JsonObject {
      const found = [...replays.values()].filter(({ name }) => name.startsWith(prefix));
      return { Replays: found.map((replay) => summary(replay, broker.archiveArn(replay.archive))) };
    },
  };
}

function replayArn(cloud: Cloud, name: string): string {
  return `arn:aws:events:${cloud.region}:${cloud.accountId}:replay/${name}`;
}

function summary(replay: Replay, archiveArn: string): JsonObject {
  return {
    ReplayName: replay.name,
    EventSourceArn: archiveArn,
    State: replay.state,
    EventStartTime: replay.from,
    EventEndTime: replay.to,
    ReplayStartTime: replay.startedAt / 1000,
    ...(replay.endedAt === undefined ? {} : { ReplayEndTime: replay.endedAt / 1000 }),
    ...(replay.lastEventTime === undefined ? {} : { EventLastReplayedTime: replay.lastEventTime }),
  };
}
