/** Pictures of people, as they are shown. Part of what every page loads: it stays small. */
import * as z from 'zod';

/** Sides of the squares that are kept, in pixels. */
export const avatarSides = { small: 64, large: 256 } as const;
export const avatarSchema = z
  .object({ small: z.string(), large: z.string() })
  .meta({ description: 'Paths on the web application’s origin, of squares of 64 and 256 pixels' });

/** Folder of the pictures below the web application. */
export const AVATAR_FOLDER = 'media/avatars';
/** `id`: of the upload that it was made from. */
export function avatarPaths(id: string): z.input<typeof avatarSchema> {
  const path = (side: number) => `/${AVATAR_FOLDER}/${id}/${side}.webp`;
  return { small: path(avatarSides.small), large: path(avatarSides.large) };
}
export const avatarExample = avatarPaths('upl_01JD3Z5QW8X7V6T5S4R3Q2P1N0');
