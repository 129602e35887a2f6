import { type ClassValue, clsx } from 'clsx';

/**
 * Joins class names. It does not resolve conflicts (tailwind-merge would cost each public page 8 kB): a `className` given to a
 * component ADDS layout (margin, width, grid place); how a component looks is chosen by its variants.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
