export { sqliteGroupStore } from './store/sqlite-group-store.ts';
