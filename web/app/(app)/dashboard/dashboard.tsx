'use client';
import { useCan } from '../../../lib/session.tsx';
import { BuyerDashboard } from './buyer-dashboard.tsx';
import { SalesDashboard } from './sales-dashboard.tsx';

/** Who may see figures sees them; everybody else sees what they can do here. */
export function Dashboard() {
  return useCan('analytics:read') ? <SalesDashboard /> : <BuyerDashboard />;
}
