import type { ReactNode } from 'react';
import type { Reported } from '../../api/generated/api.ts';
import { reports as words, VERIFY, type Told } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import { Moment } from '../../Moment.tsx';
import { Part } from '../Part.tsx';
import styles from './Reports.module.css';

/** Reports that were exported, so that a file can be held against what the app remembers. */
export function Reports({ reports, told }: { reports: readonly Reported[]; told: Told }): ReactNode {
  return (
    <Part title={words.heading}>
      <div className={styles.body}>
        <p>
          {words.explanation} <code>{VERIFY}</code>
        </p>
        {reports.length === 0 ? (
          <p className={styles.none}>{words.none}</p>
        ) : (
          <table className={styles.table}>
            <caption className={styles.caption}>{words.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.by}</th>
                <th scope="col">{words.accounts}</th>
                <th scope="col">{words.seal}</th>
              </tr>
            </thead>
            <tbody>
              {reports.map((report) => (
                <tr key={`${report.at} ${report.seal}`}>
                  <th scope="row">
                    <Moment at={report.at}>{words.when(report, told)}</Moment>
                  </th>
                  <td data-label={words.by}>
                    <bdi>{report.by.displayName}</bdi>
                  </td>
                  <td data-label={words.accounts}>{number(report.accounts)}</td>
                  <td data-label={words.seal}>
                    <code>{report.seal}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Part>
  );
}
