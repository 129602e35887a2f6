/** Pictures of people: what is taken, what is shown, and why one is refused. */
import * as z from 'zod';
import { moment } from '../list.ts';

export const avatarTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export const AVATAR_MAX_BYTES = 8_000_000;
/** Pixels. */
export const AVATAR_MIN_SIDE = 64;
export const AVATAR_MAX_SIDE = 10_000;
export const AVATAR_MAX_PIXELS = 24_000_000;

/** Why a file that was sent became no picture, in words for the person who sent it. */
export const avatarRefusals = {
  'not-a-picture': 'The file is not a PNG, JPEG or WebP picture.',
  'another-type': 'The file is not of the type that its name says.',
  animated: 'Pictures that move are not taken.',
  damaged: 'The picture is damaged or can not be read.',
  'too-few-pixels': `The picture is too small: each side must have at least ${AVATAR_MIN_SIDE} pixels.`,
  'too-many-pixels': `The picture is too large: at most ${AVATAR_MAX_PIXELS / 1_000_000} million pixels, and ${AVATAR_MAX_SIDE.toLocaleString('en')} on a side.`,
} as const;
export type AvatarRefusal = keyof typeof avatarRefusals;
const refusalNames = Object.keys(avatarRefusals) as [AvatarRefusal, ...AvatarRefusal[]];

/** Sides of the squares that are kept, in pixels. */
export const avatarSides = { small: 64, large: 256 } as const;
export const avatarSchema = z
  .object({
    small: z.string().meta({ description: `${avatarSides.small} pixels square` }),
    large: z.string().meta({ description: `${avatarSides.large} pixels square` }),
  })
  .meta({ description: 'Paths on the web application’s origin; a new picture has new ones' });

export const avatarUploadSchema = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'ready', 'refused']),
    reason: z.enum(refusalNames).optional().meta({ description: 'Of a refused one' }),
    message: z.string().optional().meta({ description: 'The reason in words' }),
    at: moment,
  })
  .meta({ description: 'What became of the last picture that was sent; forgotten after a month' });

/** Folder of the pictures below the web application. */
export const AVATAR_FOLDER = 'media/avatars';
/** `id`: of the upload that it was made from. */
export function avatarPaths(id: string): z.input<typeof avatarSchema> {
  return {
    small: `/${AVATAR_FOLDER}/${id}/${avatarSides.small}.webp`,
    large: `/${AVATAR_FOLDER}/${id}/${avatarSides.large}.webp`,
  };
}
export const avatarExample = avatarPaths('upl_01JD3Z5QW8X7V6T5S4R3Q2P1N0');
