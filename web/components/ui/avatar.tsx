import { cn } from './cn';

const sizes = {
  sm: 'size-6 text-[0.625rem]',
  md: 'size-8 text-xs',
  lg: 'size-12 text-lg',
  xl: 'size-20 text-2xl',
} as const;
const grounds = [
  'bg-accent-soft text-accent',
  'bg-good-soft text-good',
  'bg-info-soft text-info',
  'bg-pressed text-muted',
] as const;

/** "Ada King Lovelace" → "AL"; an e-mail address gives its first letter. */
export function initialsOf(name: string): string {
  const words = name
    .split('@')[0]
    ?.trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  if (!words?.length) return '?';
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

export interface AvatarProps {
  name: string;
  /** A picture; the initials stand in until it is there. */
  src?: string;
  size?: keyof typeof sizes;
  /** The name does not stand beside it: it is said to screen readers. */
  named?: boolean;
  className?: string;
}

/** A person or a company at a glance. The same name always has the same colour. */
export function Avatar({ name, src, size = 'md', named = false, className }: AvatarProps) {
  const sum = [...name].reduce((total, character) => (total * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7);
  return (
    <span
      {...(named ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
      className={cn(
        'relative inline-grid shrink-0 place-items-center overflow-clip rounded-full font-medium select-none',
        sizes[size],
        grounds[sum % grounds.length],
        className,
      )}
    >
      {initialsOf(name)}
      {src && (
        // biome-ignore lint/performance/noImgElement: a static export has no image server
        <img src={src} alt="" loading="lazy" decoding="async" className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  );
}
