import { contentTypes } from '@enxame/shared/content/content-type';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { Select } from '@enxame/ui/parts/field';
import chip from '@enxame/ui/parts/chip.module.css';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import styles from './files-page.module.css';
import { sizeRanges, sorts, type FilesView } from './use-files.js';

interface Props {
  readonly view: FilesView;
  readonly onChange: (change: Partial<FilesView>) => void;
}

/** What is shown of the catalogue, and in which order. */
export function FileFilters({ view, onChange }: Props) {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data } = useAsk(
    useCallback((signal) => api.ask({ path: '/people', reply: apiRoutes.people.reply, signal }), [api]),
  );
  const owners = (data?.people ?? []).filter(({ entries, id }) => entries > 0 || id === view.owner);
  return (
    <div className={styles['filters']}>
      <Select
        label={t('files.owner')}
        value={view.owner}
        options={[['any', t('files.anyOwner')], ...owners.map(({ id, name }) => [id, name] as const)]}
        onChange={(owner) => {
          onChange({ owner });
        }}
      />
      <Select
        label={t('files.type')}
        value={view.type}
        options={[
          ['any', t('files.anyType')],
          ...contentTypes.map((type) => [type, t(`files.${type === 'folder' ? 'folderType' : type}`)] as const),
        ]}
        onChange={(type) => {
          onChange({ type });
        }}
      />
      <Select
        label={t('files.size')}
        value={view.size}
        options={(Object.keys(sizeRanges) as FilesView['size'][]).map(
          (size) => [size, t(`files.${size === 'any' ? 'anySize' : size}`)] as const,
        )}
        onChange={(size) => {
          onChange({ size });
        }}
      />
      <Select
        label={t('files.sort')}
        value={view.sort}
        options={sorts.map((sort) => [sort, t(`files.${sort === 'size' ? 'bySize' : sort}`)] as const)}
        onChange={(sort) => {
          onChange({ sort });
        }}
      />
      <button
        type="button"
        className={chip['chip']}
        aria-pressed={view.isAvailable}
        onClick={() => {
          onChange({ isAvailable: !view.isAvailable });
        }}
      >
        {t('files.available')}
      </button>
    </div>
  );
}
