'use client';
/** What can be done with the chosen rows, how far it has come, and which rows refused. */
import { useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { queryKeyOf } from '../../lib/operations.ts';
import { wordsFor } from '../../lib/problems.ts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { IconButton } from '../ui/icon-button';
import { Progress } from '../ui/progress';
import { toast } from '../ui/toast';
import { type BulkProgress, patiently, runBulk } from './bulk-run.ts';
import type { BulkAction } from './column.ts';

/** Lists follow changes by events: they are read once more when those have come through. */
const FOLLOW_UP_MS = [1_200, 3_500];

export interface BulkBarProps<T> {
  rows: readonly T[];
  actions: readonly BulkAction<T>[];
  labelOf: (row: T) => string;
  /** Operations whose answers are out of date afterwards. */
  invalidates: readonly Contract[];
  onClear: () => void;
}

type Phase<T> =
  | { kind: 'asking'; action: BulkAction<T>; rows: readonly T[] }
  | { kind: 'running' | 'ended'; action: BulkAction<T>; rows: readonly T[]; progress: BulkProgress };

export default function BulkBar<T extends { id: string }>({
  rows,
  actions,
  labelOf,
  invalidates,
  onClear,
}: BulkBarProps<T>) {
  const client = useQueryClient();
  const [phase, setPhase] = useState<Phase<T>>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const refresh = () => {
    for (const contract of invalidates) void client.invalidateQueries({ queryKey: queryKeyOf(contract) });
  };
  const run = async (action: BulkAction<T>, taking: readonly T[]) => {
    const running = new AbortController();
    stop.current = running;
    const result = await runBulk(
      taking,
      (row) => ({ id: row.id, label: labelOf(row) }),
      (row) => {
        const key = crypto.randomUUID();
        return patiently(() => action.run(row, key));
      },
      {
        signal: running.signal,
        onProgress: (progress) => setPhase({ kind: 'running', action, rows: taking, progress }),
      },
    );
    refresh();
    for (const ms of FOLLOW_UP_MS) setTimeout(refresh, ms);
    const done = result.done - result.failures.length;
    if (result.failures.length > 0) {
      setPhase({ kind: 'ended', action, rows: taking, progress: result });
      return;
    }
    setPhase(undefined);
    onClear();
    if (done > 0) toast({ tone: 'good', title: action.done(done) });
  };
  const begin = (action: BulkAction<T>) => {
    const taking = rows.filter(action.can);
    if (action.confirm) setPhase({ kind: 'asking', action, rows: taking });
    else void run(action, taking);
  };

  return (
    <>
      <div
        role="toolbar"
        aria-label="Chosen rows"
        className="fixed inset-x-3 bottom-4 z-30 mx-auto flex w-fit max-w-[calc(100vw-1.5rem)] animate-rise flex-wrap items-center gap-1 rounded-lg bg-raised py-1.5 ps-4 pe-1.5 shadow-float"
      >
        <p aria-live="polite" className="numeric pe-3 font-medium">
          {rows.length} selected
        </p>
        {actions.map((action) => {
          const count = rows.filter(action.can).length;
          return (
            <Button
              key={action.label}
              size="sm"
              variant={action.tone === 'danger' ? 'danger-ghost' : 'ghost'}
              icon={action.icon}
              disabled={count === 0}
              onClick={() => begin(action)}
            >
              {action.label}
              {count > 0 && count < rows.length && <span className="numeric text-subtle">{count}</span>}
            </Button>
          );
        })}
        <IconButton label="Clear the selection" plain size="sm" icon={<X aria-hidden />} onClick={onClear} />
      </div>
      <Dialog
        open={phase !== undefined}
        keepOpen={phase?.kind === 'running'}
        onOpenChange={(open) => {
          if (open) return;
          stop.current?.abort();
          if (phase?.kind !== 'running') setPhase(undefined);
        }}
        title={titleOf(phase)}
        {...(phase?.kind === 'asking' && { description: phase.action.confirm?.description })}
        footer={<Footer phase={phase} run={run} close={() => setPhase(undefined)} stop={() => stop.current?.abort()} />}
      >
        {phase && phase.kind !== 'asking' && <Course progress={phase.progress} />}
      </Dialog>
    </>
  );
}

function titleOf<T>(phase: Phase<T> | undefined): string {
  if (!phase) return '';
  if (phase.kind === 'asking') return phase.action.confirm?.title(phase.rows.length) ?? phase.action.label;
  const { done, total, failures } = phase.progress;
  if (phase.kind === 'running') return `${phase.action.label}: ${done} of ${total}`;
  return `${failures.length} of ${total} could not be changed`;
}

function Footer<T>({
  phase,
  run,
  close,
  stop,
}: {
  phase: Phase<T> | undefined;
  run: (action: BulkAction<T>, rows: readonly T[]) => Promise<void>;
  close: () => void;
  stop: () => void;
}) {
  if (!phase) return null;
  if (phase.kind === 'running') return <Button onClick={stop}>Stop</Button>;
  if (phase.kind === 'ended')
    return (
      <Button variant="primary" onClick={close}>
        Close
      </Button>
    );
  return (
    <>
      <Button onClick={close}>Keep as it is</Button>
      <Button
        variant={phase.action.tone === 'danger' ? 'danger' : 'primary'}
        onClick={() => void run(phase.action, phase.rows)}
      >
        {phase.action.confirm?.confirmLabel}
      </Button>
    </>
  );
}

function Course({ progress: { done, total, failures } }: { progress: BulkProgress }) {
  return (
    <div className="flex flex-col gap-4">
      <Progress label="Rows done" value={done} max={total} />
      {failures.length > 0 && (
        <ul className="flex flex-col divide-y" aria-label="Rows that were refused">
          {failures.map(({ id, label, error }) => {
            const { title, text } = wordsFor(error);
            return (
              <li key={id} className="flex flex-col gap-0.5 py-2">
                <span className="font-medium">{label}</span>
                <span className="text-sm text-bad">{text ? `${title}. ${text}` : title}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
