import './styles.css';
import pinHashWorker from '@hexkey/sdk/pin-hash-worker?worker&url';
