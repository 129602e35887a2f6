'use client';

import { useSession } from '../../lib/session';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { destinationsFor } from './destinations.ts';
import { commandKey } from './keys.ts';

/** All keys that do something, in one place. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { role } = useSession();
  const groups: { title: string; rows: { keys: string[]; does: string }[] }[] = [
    {
      title: 'Everywhere',
      rows: [
        { keys: [commandKey(), 'K'], does: 'Search pages, actions and records' },
        { keys: ['/'], does: 'Search on this page' },
        { keys: ['?'], does: 'Show these keys' },
        { keys: ['Esc'], does: 'Close what is open' },
      ],
    },
    {
      title: 'Go to',
      rows: destinationsFor(role).map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], does: label })),
    },
  ];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard shortcuts" width="md">
      <div className="grid gap-6 sm:grid-cols-2">
        {groups.map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-2 text-sm font-medium text-subtle">{title}</h3>
            <dl className="flex flex-col">
              {rows.map(({ keys, does }) => (
                <div
                  key={does}
                  className="flex min-h-9 items-center justify-between gap-4 border-b py-1.5 last:border-0"
                >
                  <dt>{does}</dt>
                  <dd className="shrink-0">
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
