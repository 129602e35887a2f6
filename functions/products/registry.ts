export { handler as createProduct } from './create-product.ts';
export { handler as deleteProduct } from './delete-product.ts';
export { handler as getProduct } from './get-product.ts';
export { handler as updateProduct } from './update-product.ts';
