// The library has no typed entry for its storage, which is where the classes of nested fields are found.
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
