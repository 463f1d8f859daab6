import './api/zod-without-eval.js';
