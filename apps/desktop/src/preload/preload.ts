import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { exposeBridge } from './expose-bridge.js';

exposeBridge({ contextBridge, ipcRenderer, webUtils, platform: process.platform, page: window });
