// Unpacks the program of the page and starts it.
import { unpackText } from './packed.js';

unpackText('program').then((text) => import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))));
