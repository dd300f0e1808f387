// What the page says, in each language. A key that is missing in Chinese would show in English; the build checks that none is.
import { page } from './data.js';

export const texts = {
    en: {
        answer: 'Answer', comparison: 'Comparison with what was reported', map: 'The corridor', sankey: 'Where containers go',
        throughput: 'Throughput by week', waiting: 'Why containers waited', utilisation: 'How busy cranes, berths and fleets are',
        yards: 'Containers in the yards', times: 'Door to door and dwell', vehicles: 'Vehicles in time and space',
        money: 'Cost and carbon', beliefs: 'What you are asked to believe', live: 'Try it', warnings: 'Warnings',
        figure: 'Figure', reading: 'Reading', unit: 'Unit', reported: 'Reported', simulated: 'Simulated (95 % interval)',
        before: 'Before the change', first_believed: 'As first believed (median, 90 %)', off: 'Simulated against reported', use: 'Use', source: 'Source',
        conclusion: 'What it shows', validate: 'out of sample', calibrate: 'in sample', limit: 'upper bound',
        data: 'Figures behind this picture', value: 'Value', range: 'Range', basis: 'Basis', note: 'Note', input: 'Input',
        mean: 'mean', median: 'median', p95: '95 % below', week: 'Week of', containers: 'containers', hours: 'h', service: 'Service', cause: 'Cause',
        container_hours: 'container-hours', share: 'Share', terminal: 'Terminal', forward: 'forward', backward: 'backward', quay: 'quay', rail: 'rail', yard: 'yard', gate: 'gate',
        crane_utilisation: 'Cranes', berth_utilisation: 'Berths and tracks', fleet_utilisation: 'Fleet', total: 'total', interval95: '95 % interval',
        shipped: 'Containers shipped', railed: 'Containers railed', reported_level: 'reported, by week', from: 'from', to: 'to',
        door: 'Door to door', dwell: 'Dwell', demand: 'Demand', play: 'Play', pause: 'Pause', moment: 'Moment', speed: 'Speed', days_a_second: 'days a second',
        one_replication: 'One replication of {n}: vehicles as they ran in it.',
        one_reading: '{name} ({reading}): {simulated} simulated against {reported} reported ({off}).',
        readings: '{name}: {reported} reported. By what the report may count ({n} readings), {low} ({low_off}: {low_reading}) to {high} ({high_off}: {high_reading}) are simulated.',
        simulated_alone: '{value} containers delivered (95 % interval {interval}).',
        made: 'Made by corridor {version} from {n} replications with seed {seed}; scenario {hash}.', again: 'The same result again:',
        tonne_km: 'Tonne-km', cost: 'Cost', carbon: 'Emissions, well to wheel', wtt: 'well to tank', ttw: 'tank to wheel', runs: 'Departures',
        per_tonne_km: 'g CO2e per t-km', sourced: 'sourced', derived: 'derived', assumption: 'assumption', default: 'default',
        beliefs_note: '{n} numbers make up this scenario; {ranged} of them have a range. The widest first: these move the result most easily. A number without a source is an assumption.',
        show_all: 'All {n} numbers', width: 'Range over value',
        live_note: 'Move an input and the same engine runs again on this computer, with the same seed. The page follows; the first result stays beside it.',
        run_again: 'Run', reset: 'As at first', save: 'Save as overlay', replications: 'Replications', running: 'Running: {done} of {total}',
        done: '{n} replications in {seconds} s', stopped: 'It could not be run: {error}', add_input: 'Another input', no_engine: 'This page holds no engine: it cannot run again.',
        overlay_note: 'Put the file beside scenario.toml, then: corridor run {file}',
        flow_width: 'width: containers in the period', busy_colour: 'colour: share of time the busiest cranes work', nothing: 'Nothing of this kind in this scenario.',
        railway: 'railway', waterway: 'waterway', of_time: 'of the time', in_yard: 'in the yard', skip: 'Skip to the comparison', built_with: 'Drawn with Apache ECharts and d3-geo; land and borders by Natural Earth (public domain).',
        'no-vehicle': 'no vehicle yet', 'vehicle-full': 'vehicle full', 'cut-off-missed': 'cut-off missed', crane: 'crane', berth: 'berth', lock: 'lock', path: 'path on the line', closure: 'closure', depth: 'low water',
        'yard-full': 'yard full', 'yard-crane': 'yard crane', empties: 'no empty container', tugs: 'tugs', minimum: 'load too small', section: 'narrow reach',
    },
    zh: {
        answer: '结论', comparison: '与公布数据的对比', map: '通道总览', sankey: '集装箱流向',
        throughput: '每周吞吐量', waiting: '集装箱为何等待', utilisation: '岸桥、泊位与运力的繁忙程度',
        yards: '堆场存箱量', times: '全程时间与在港停留时间', vehicles: '运行图（时间—距离）',
        money: '费用与碳排放', beliefs: '本结果所依据的假设', live: '自己试一试', warnings: '警告',
        figure: '指标', reading: '口径', unit: '单位', reported: '公布值', simulated: '模拟值（95% 区间）',
        before: '修改前', first_believed: '先验预测（中位数，90%）', off: '模拟相对公布', use: '用途', source: '来源',
        conclusion: '说明什么', validate: '样本外', calibrate: '样本内', limit: '上限',
        data: '图中数据', value: '取值', range: '范围', basis: '依据', note: '说明', input: '输入',
        mean: '平均', median: '中位数', p95: '95% 低于', week: '周起始', containers: '箱', hours: '小时', service: '班线', cause: '原因',
        container_hours: '箱·小时', share: '占比', terminal: '码头', forward: '去程', backward: '回程', quay: '码头前沿', rail: '铁路', yard: '堆场', gate: '闸口',
        crane_utilisation: '起重机', berth_utilisation: '泊位与股道', fleet_utilisation: '运力', total: '合计', interval95: '95% 区间',
        shipped: '水运集装箱', railed: '铁路集装箱', reported_level: '公布值（周均）', from: '从', to: '到',
        door: '门到门', dwell: '在港停留', demand: '货流', play: '播放', pause: '暂停', moment: '时刻', speed: '速度', days_a_second: '天/秒',
        one_replication: '{n} 次重复中的一次：车船在其中的实际运行。',
        one_reading: '{name}（{reading}）：模拟 {simulated}，公布 {reported}（{off}）。',
        readings: '{name}：公布 {reported}。按公布数据可能的口径（{n} 种），模拟值从 {low}（{low_off}：{low_reading}）到 {high}（{high_off}：{high_reading}）。',
        simulated_alone: '运达 {value} 箱（95% 区间 {interval}）。',
        made: '由 corridor {version} 生成，{n} 次重复，随机种子 {seed}；方案 {hash}。', again: '重现同一结果：',
        tonne_km: '吨公里', cost: '费用', carbon: '全生命周期排放', wtt: '油井到油箱', ttw: '油箱到车轮', runs: '班次',
        per_tonne_km: '克 CO2e/吨公里', sourced: '有来源', derived: '推算', assumption: '假设', default: '默认',
        beliefs_note: '本方案由 {n} 个数值构成，其中 {ranged} 个给出了范围。范围最宽者在前：它们最容易改变结果。没有来源的数值即为假设。',
        show_all: '全部 {n} 个数值', width: '范围/取值',
        live_note: '改变一个输入，同一个引擎就在本机以相同的随机种子重新运行。页面随之更新，原结果保留在旁。',
        run_again: '运行', reset: '恢复原值', save: '另存为覆盖文件', replications: '重复次数', running: '运行中：{done}/{total}',
        done: '{n} 次重复，用时 {seconds} 秒', stopped: '无法运行：{error}', add_input: '其他输入', no_engine: '本页不含引擎，不能重新运行。',
        overlay_note: '把文件放在 scenario.toml 旁边，然后运行：corridor run {file}',
        flow_width: '线宽：期内集装箱数', busy_colour: '颜色：最忙起重机的作业时间占比', nothing: '本方案没有此类内容。',
        railway: '铁路', waterway: '航道', of_time: '的时间', in_yard: '在堆场', skip: '跳到对比表', built_with: '图表使用 Apache ECharts 与 d3-geo；陆地与边界来自 Natural Earth（公有领域）。',
        'no-vehicle': '车船未到', 'vehicle-full': '车船已满', 'cut-off-missed': '错过截载', crane: '起重机', berth: '泊位', lock: '船闸', path: '线路能力', closure: '封闭', depth: '水位不足',
        'yard-full': '堆场已满', 'yard-crane': '场桥', empties: '缺空箱', tugs: '拖轮', minimum: '装载不足', section: '单行航段',
    },
};

const own = texts[page.lang] ?? texts.en;

/** The text of a key, with {name} replaced; a key that is no key stands for itself. */
export function text(key, values = {}) {
    const found = own[key] ?? texts.en[key] ?? key;
    return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
