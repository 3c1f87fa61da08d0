/** The staffing planner: helpers by half-hour beside who is planned, with the method and its limits beside it. */
import { Button, Input, InputNumber } from "antd";
import { useState } from "react";

import type { StaffingPlan } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";

const percent = (share: number) => `${(share * 100).toFixed(share === 1 ? 0 : 1)}%`;

interface Assumed {
  talk: number | null;
  atOnce: number;
  shrinkage: number;
  share: number;
  days: number;
  arrivals: string;
}

function query(assumed: Assumed): string {
  const found = new URLSearchParams({
    at_once: String(assumed.atOnce),
    present: String(1 - assumed.shrinkage / 100),
    share: String(assumed.share / 100),
    days: String(assumed.days),
  });
  if (assumed.talk) found.set("talk_seconds", String(assumed.talk));
  if (assumed.arrivals.trim()) found.set("arrivals", assumed.arrivals);
  return found.toString();
}

export function Planner() {
  const [assumed, setAssumed] = useState<Assumed>({ talk: null, atOnce: 3, shrinkage: 15, share: 95, days: 10, arrivals: "" });
  const [asked, setAsked] = useState(() => query(assumed));
  const plan = useLoaded(asked, (signal) => ask<StaffingPlan>(`/api/desk/supervision/plan?${asked}`, { signal }));
  const set = (change: Partial<Assumed>) => setAssumed((before) => ({ ...before, ...change }));
  return (
    <main id="main" className="board planner" tabIndex={0}>
      <h1>排班测算</h1>
      <form
        className="panel assumed"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(query(assumed));
        }}
      >
        <Field label="平均处理时长（秒，留空按历史）" min={1} max={7200} value={assumed.talk} onChange={(talk) => set({ talk })} />
        <Field label="每人同时服务" min={1} max={20} value={assumed.atOnce} onChange={(n) => set({ atOnce: n ?? 1 })} />
        <Field label="损耗（小休、培训、缺勤，%）" min={0} max={90} value={assumed.shrinkage} onChange={(n) => set({ shrinkage: n ?? 0 })} />
        <Field label="60秒内响应目标（%）" min={50} max={99.9} value={assumed.share} onChange={(n) => set({ share: n ?? 95 })} />
        <Field label="历史取最近几个工作日" min={1} max={60} value={assumed.days} onChange={(n) => set({ days: n ?? 10 })} />
        <label className="wide">
          <span>自己填到达量（每行“时间 次数”，或48个数；留空按历史）</span>
          <Input.TextArea
            rows={3}
            value={assumed.arrivals}
            maxLength={4000}
            placeholder={"09:00 12\n09:30 20"}
            onChange={(event) => set({ arrivals: event.target.value })}
          />
        </label>
        <div className="row wide">
          <Button type="primary" htmlType="submit" loading={plan.loading}>
            测算
          </Button>
          <Button href={`/api/desk/supervision/plan.csv?${asked}`}>导出CSV</Button>
        </div>
      </form>
      <Failure failure={plan.failure} onRetry={plan.reload} />
      {plan.data && <Result plan={plan.data} />}
      <Method />
    </main>
  );
}

interface FieldProps {
  label: string;
  value: number | null;
  min: number;
  max: number;
  onChange: (value: number | null) => void;
}

function Field({ label, value, min, max, onChange }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <InputNumber aria-label={label} value={value} min={min} max={max} onChange={onChange} />
    </label>
  );
}

function Result({ plan }: { plan: StaffingPlan }) {
  const shown = plan.half_hours.filter((one) => one.arrivals > 0 || one.planned > 0);
  const basis =
    plan.days_counted > 0
      ? `最近${String(plan.days_counted)}个工作日的平均到达量`
      : "自己填的到达量";
  const talk =
    plan.talks_counted > 0 ? `历史上${String(plan.talks_counted)}次对话` : "没有历史对话时的估计";
  return (
    <section className="panel">
      <h2>一个工作日</h2>
      <p>
        按已排的人，当班时间里{plan.reached === null ? "没有人来" : `约${percent(plan.reached)}的人在${String(plan.within)}秒内有人应`}
        ；需要{plan.helper_hours}人时，已排{plan.planned_hours}人时。
      </p>
      <p className="quiet">
        依据：{basis}；处理时长{Math.round(plan.talk_seconds)}秒（{plan.talks_counted > 0 || plan.talk_seconds === 300 ? talk : "自己填的"}）；每人同时服务
        {plan.at_once}个，在岗时间占{percent(plan.present)}。“已排”是各团队当时在班的人数，领导帮办不计。不当班的时段来的人会当即听到什么时候上班，不计入比例。
      </p>
      {shown.length === 0 && <p>还没有到达记录，也没有排人。可以在上面自己填到达量。</p>}
      {shown.length > 0 && (
        <div className="wide-table">
          <table>
            <thead>
              <tr>
                <th>时段</th>
                <th className="num">要求人工（次）</th>
                <th className="num">同时对话</th>
                <th className="num">需要（人）</th>
                <th className="num">已排（人）</th>
                <th>差多少</th>
                <th className="num">按已排可达</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.begins} className={one.open && one.lacking > 0 ? "is-lacking" : ""}>
                  <th scope="row">{one.begins}</th>
                  <td className="num">{one.arrivals.toFixed(1)}</td>
                  <td className="num">{one.load.toFixed(2)}</td>
                  <td className="num">{one.helpers}</td>
                  <td className="num">{one.planned}</td>
                  <td>{!one.open ? "不当班" : one.lacking > 0 ? `还差${String(one.lacking)}人` : one.lacking < 0 ? `多${String(-one.lacking)}人` : "正好"}</td>
                  <td className="num">{one.open && one.arrivals > 0 ? percent(one.reached) : "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Method() {
  return (
    <section className="panel prose">
      <h2>怎么算的，哪里不准</h2>
      <p>
        用Erlang C排队公式：把每人能同时服务的对话数看成几个席位，假定人随机到、排一条队、谁先空出来谁接，算出每半小时至少要几个席位，
        才能让目标比例的人在60秒内有人应；再按每人同时服务数和损耗折成人数，向上取整。
      </p>
      <ul>
        <li>公式假定没有人中途放弃。实际有人会改选回电或离开，所以真实等待通常比算出来的短，人数略偏多。</li>
        <li>公式假定每个人什么都能接。按部门、区、语言分开接时，前30秒能接的人更少；30秒、45秒后放宽，误差随之变小。</li>
        <li>排在前面的人一直在前面，没有插队；只有可能有危险的先接，人数很少，不影响结果。</li>
        <li>半小时之内的突发高峰会被平均掉；刚过高峰时上一段没接完的也没有算进来，所以高峰后的半小时宜多留一人。</li>
        <li>处理时长用平均数。一个人同时服务几个对话时，每个对话会变长，请用同时服务时量到的时长。</li>
      </ul>
    </section>
  );
}
