import { maxSearchChars } from '@enxame/shared/tracker/catalogue-query';
import { useTranslation } from 'react-i18next';
import { TypedSearch } from '@enxame/ui/parts/typed-search';

interface SearchProps {
  readonly total: number | null;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onDown: () => void;
}

/** Two keys of somebody who types fast are further apart: what is shown follows each. */
const searchPauseMs = 40;

export function FilesSearch({ total, value, onChange, onDown }: SearchProps) {
  const { t } = useTranslation();
  return (
    <TypedSearch
      label={t('files.search')}
      placeholder={
        total === null || total === 0 || value !== '' ? t('files.search') : t('files.searchCount', { count: total })
      }
      clearLabel={t('files.clearSearch')}
      value={value}
      pauseMs={searchPauseMs}
      maxLength={maxSearchChars}
      onChange={onChange}
      onDown={onDown}
    />
  );
}
