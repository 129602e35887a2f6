export { handler as createProduct } from './create-product.ts';
export { handler as deleteProduct } from './delete-product.ts';
export { handler as getProduct } from './get-product.ts';
export { handler as listProducts } from './list-products.ts';
export { handler as onOrderChangedStock } from './on-order-changed.stock.ts';
export { handler as onProductChangedIndex } from './on-product-changed.index.ts';
export { handler as updateProduct } from './update-product.ts';
