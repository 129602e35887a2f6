import { cn } from '../../components/ui/cn';
import { GallerySection, Specimen } from './specimen';

const grounds = ['bg-canvas', 'bg-surface', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-pressed'];
const solids = [
  'bg-accent-solid',
  'bg-bad-solid',
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
];
const texts = [
  'text-fg',
  'text-muted',
  'text-subtle',
  'text-accent',
  'text-good',
  'text-warn',
  'text-bad',
  'text-info',
];
const sizes = ['text-4xl', 'text-3xl', 'text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-sm', 'text-xs'];
const shadows = ['shadow-rest', 'shadow-float', 'shadow-modal'];

/** Colours, type and depth. */
export function TokensSection() {
  return (
    <GallerySection id="tokens" title="Tokens">
      <Specimen title="Colour">
        <div className="grid grid-cols-3 gap-3 sm:grid-cols-4">
          {[...grounds, ...solids].map((each) => (
            <div key={each} className="flex flex-col gap-1">
              <div className={cn('h-10 rounded-md border', each)} />
              <span className="text-xs text-muted">{each.slice(3)}</span>
            </div>
          ))}
        </div>
        <div className="mt-4 flex flex-wrap gap-x-4 gap-y-1">
          {texts.map((each) => (
            <span key={each} className={cn('font-medium', each)}>
              {each.slice(5)}
            </span>
          ))}
        </div>
      </Specimen>
      <Specimen title="Type">
        <div className="flex flex-col gap-2">
          {sizes.map((each) => (
            <p key={each} className={cn('truncate font-semibold', each)}>
              Revenue £12,480.50 <span className="font-normal text-subtle">{each.slice(5)}</span>
            </p>
          ))}
          <p className="font-mono text-sm">ord_01KA8Q2V7M3TZ · Geist Mono</p>
        </div>
      </Specimen>
      <Specimen title="Depth" wide>
        <div className="grid gap-6 p-2 sm:grid-cols-3">
          {shadows.map((each) => (
            <div key={each} className={cn('rounded-lg bg-raised px-4 py-6 text-center text-sm text-muted', each)}>
              {each}
            </div>
          ))}
        </div>
      </Specimen>
    </GallerySection>
  );
}
