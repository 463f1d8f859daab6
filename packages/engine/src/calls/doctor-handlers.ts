import type { doctorCalls } from '@enxame/shared/engine/doctor-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { Doctor } from '../doctor/doctor.js';

export function createDoctorHandlers(doctor: Doctor): Pick<EngineHandlers, keyof typeof doctorCalls> {
  return {
    'doctor:get': () => doctor.report,
    'doctor:check': () => doctor.check(),
    'doctor:measure': ({ userId }) => doctor.measure(userId),
  };
}
