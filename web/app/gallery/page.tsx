import type { Metadata } from 'next';
import { Gallery } from './gallery';

export const metadata: Metadata = {
  title: 'Gallery',
  description: 'Every component of the design system, in every state.',
  robots: { index: false, follow: false },
};

export default function GalleryPage() {
  return <Gallery />;
}
