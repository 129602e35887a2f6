import { columnVisibilityFeature, rowSelectionFeature, rowSortingFeature, tableFeatures } from '@tanstack/react-table';

export const features = tableFeatures({ rowSortingFeature, rowSelectionFeature, columnVisibilityFeature });
