'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { usePageName } from '../../../../components/shell/crumbs';
import { setAppearance, useAppearance } from '../../../../components/ui/appearance';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { Segmented } from '../../../../components/ui/segmented';

/** How the app looks on this device. */
export function Appearance() {
  const { theme, density } = useAppearance();
  usePageName('Appearance');
  return (
    <Card aria-labelledby="appearance">
      <CardHeader titleId="appearance" title="Appearance" description="Kept on this device." divided />
      <CardBody className="flex flex-col divide-y divide-line">
        <Choice title="Theme" text="Light, dark, or as your system is.">
          <Segmented
            label="Theme"
            size="md"
            value={theme}
            onChange={(next) => setAppearance({ theme: next })}
            options={[
              { value: 'system', label: <Icon of={Monitor} text="System" /> },
              { value: 'light', label: <Icon of={Sun} text="Light" /> },
              { value: 'dark', label: <Icon of={Moon} text="Dark" /> },
            ]}
          />
        </Choice>
        <Choice title="Density" text="Compact shows more rows at once.">
          <Segmented
            label="Density"
            size="md"
            value={density}
            onChange={(next) => setAppearance({ density: next })}
            options={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
          />
        </Choice>
      </CardBody>
    </Card>
  );
}

function Choice({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0">
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-sm text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}

function Icon({ of: Shape, text }: { of: typeof Sun; text: string }) {
  return (
    <>
      <Shape aria-hidden />
      {text}
    </>
  );
}
