'use client';
/** A list as a CSV file: the page that is shown, or all that matches. */
import { Download } from 'lucide-react';
import { lazy, useEffect, useRef, useState } from 'react';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { wordsFor } from '../../lib/problems.ts';
import { Button } from '../ui/button';
import { toast } from '../ui/toast';
import { formatCount } from './format.ts';
import { OnDemand } from './on-demand.tsx';

const loadMenu = () => import('./export-choices.tsx');
const ExportChoices = lazy(loadMenu);

export interface ExportMenuProps {
  contract: Contract;
  /** What the list asks for now. */
  query: Readonly<Record<string, string>>;
  /** Name of the file, without its ending: "products". */
  name: string;
  /** "370", "10,000+" rows match. */
  total: string | undefined;
}

export function ExportMenu({ contract, query, name, total }: ExportMenuProps) {
  const [rows, setRows] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (only?: 'page') => {
    const stop = new AbortController();
    running.current = stop;
    setRows(0);
    try {
      const { readCsv, saveAs } = await import('./csv-export.ts');
      const csv = await readCsv(contract, query, {
        signal: stop.signal,
        onProgress: setRows,
        onlyPage: only === 'page',
      });
      saveAs(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, csv);
      toast({ tone: 'good', title: 'The file is in your downloads' });
    } catch (error) {
      if (!stop.signal.aborted) {
        const { title, text } = wordsFor(error);
        toast({ tone: 'bad', title: 'The export did not finish', description: `${title}. ${text}` });
      }
    } finally {
      setRows(undefined);
    }
  };

  if (rows !== undefined)
    return (
      <Button size="sm" onClick={() => running.current?.abort()}>
        <span role="status" className="numeric">
          {formatCount(rows)} rows…
        </span>
        <span className="text-muted">Stop</span>
      </Button>
    );
  return (
    <OnDemand
      load={loadMenu}
      trigger={(reach) => (
        <Button size="sm" icon={<Download aria-hidden />} {...reach}>
          Export
        </Button>
      )}
    >
      {(trigger, open, onOpenChange) => (
        <ExportChoices
          trigger={trigger}
          open={open}
          onOpenChange={onOpenChange}
          total={total}
          onPage={() => void run('page')}
          onAll={() => void run()}
        />
      )}
    </OnDemand>
  );
}
