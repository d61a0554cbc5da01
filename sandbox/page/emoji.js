// The common emoji by Slack's short names; an unknown name stays as it was typed.

const TABLE = `
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|satisfied 😆|sweat_smile 😅|joy 😂|rofl 🤣|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉|blush 😊|innocent 😇|heart_eyes 😍|kissing_heart 😘|yum 😋|stuck_out_tongue 😛|sunglasses 😎|nerd_face 🤓|thinking_face 🤔|zipper_mouth_face 🤐|neutral_face 😐|expressionless 😑|no_mouth 😶|smirk 😏|unamused 😒|face_with_rolling_eyes 🙄|grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|face_with_thermometer 🤒|dizzy_face 😵|confused 😕|worried 😟|slightly_frowning_face 🙁|white_frowning_face ☹️|open_mouth 😮|astonished 😲|flushed 😳|fearful 😨|cold_sweat 😰|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|weary 😩|tired_face 😫|triumph 😤|rage 😡|angry 😠|hugging_face 🤗|partying_face 🥳|pleading_face 🥺|saluting_face 🫡|melting_face 🫠
wave 👋|raised_hand ✋|hand ✋|ok_hand 👌|v ✌️|crossed_fingers 🤞|point_left 👈|point_right 👉|point_up_2 👆|point_down 👇|point_up ☝️|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|fist ✊|clap 👏|raised_hands 🙌|open_hands 👐|pray 🙏|handshake 🤝|muscle 💪|eyes 👀|eye 👁️|ear 👂|brain 🧠|bust_in_silhouette 👤|busts_in_silhouette 👥|man 👨|woman 👩|male-technologist 👨‍💻|female-technologist 👩‍💻|construction_worker 👷|man-raising-hand 🙋‍♂️|woman-raising-hand 🙋‍♀️|bow 🙇
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|sparkling_heart 💖|star ⭐|star2 🌟|sparkles ✨|zap ⚡|fire 🔥|boom 💥|100 💯|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|first_place_medal 🥇|rocket 🚀|rainbow 🌈
white_check_mark ✅|ballot_box_with_check ☑️|heavy_check_mark ✔️|x ❌|negative_squared_cross_mark ❎|heavy_multiplication_x ✖️|heavy_plus_sign ➕|heavy_minus_sign ➖|warning ⚠️|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|stop_sign 🛑|sos 🆘|exclamation ❗|heavy_exclamation_mark ❗|question ❓|grey_question ❔|grey_exclamation ❕|bangbang ‼️|interrobang ⁉️|information_source ℹ️|rotating_light 🚨|construction 🚧|recycle ♻️|new 🆕|free 🆓|up 🆙|cool 🆒|ok 🆗|vs 🆚|end 🔚|soon 🔜|top 🔝
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|large_brown_circle 🟤|black_circle ⚫|white_circle ⚪|large_red_square 🟥|large_red_squares 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|large_purple_square 🟪|black_large_square ⬛|white_large_square ⬜|small_orange_diamond 🔸|small_blue_diamond 🔹|large_orange_diamond 🔶|large_blue_diamond 🔷|small_red_triangle 🔺|small_red_triangle_down 🔻|radio_button 🔘
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣|hash #️⃣|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrow_lower_right ↘️|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|arrows_counterclockwise 🔄|arrows_clockwise 🔃|twisted_rightwards_arrows 🔀|repeat 🔁|arrow_forward ▶️|arrow_backward ◀️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|fast_forward ⏩|rewind ⏪
hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|watch ⌚|clock1 🕐|clock2 🕑|clock3 🕒|clock9 🕘|clock10 🕙|clock12 🕛|calendar 📆|date 📅|spiral_calendar_pad 🗓️|sunny ☀️|sunrise 🌅|crescent_moon 🌙|full_moon 🌕|zzz 💤|cloud ☁️|umbrella ☔|snowflake ❄️|thermometer 🌡️|droplet 💧
phone ☎️|telephone ☎️|telephone_receiver 📞|iphone 📱|calling 📲|email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|mailbox 📫|speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣|memo 📝|pencil 📝|pencil2 ✏️|lower_left_ballpoint_pen 🖊️|clipboard 📋|page_facing_up 📄|page_with_curl 📃|bookmark_tabs 📑|bookmark 🔖|newspaper 📰|books 📚|book 📖|notebook 📓|ledger 📒|file_folder 📁|open_file_folder 📂|card_index 📇|card_index_dividers 🗂️|file_cabinet 🗄️|wastebasket 🗑️|paperclip 📎|linked_paperclips 🖇️|pushpin 📌|round_pushpin 📍|scissors ✂️|triangular_ruler 📐|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|link 🔗|label 🏷️|ticket 🎫|admission_tickets 🎟️|receipt 🧾|package 📦|shopping_trolley 🛒|moneybag 💰|credit_card 💳|yen 💴|dollar 💵
wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩|toolbox 🧰|screwdriver 🪛|electric_plug 🔌|battery 🔋|bulb 💡|flashlight 🔦|computer 💻|desktop_computer 🖥️|keyboard ⌨️|printer 🖨️|floppy_disk 💾|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|shield 🛡️|microscope 🔬|camera 📷|video_camera 📹|speaker 🔈|sound 🔉|mute 🔇|robot_face 🤖|house 🏠|office 🏢|hospital 🏥|factory 🏭|car 🚗|truck 🚚|delivery_truck 🚚|airplane ✈️|bike 🚲|checkered_flag 🏁|triangular_flag_on_post 🚩|waving_white_flag 🏳️|cn 🇨🇳|us 🇺🇸|coffee ☕|tea 🍵|cake 🍰|beer 🍺|apple 🍎|seedling 🌱|evergreen_tree 🌲|four_leaf_clover 🍀|dog 🐶|cat 🐱|bug 🐛|turtle 🐢|headphones 🎧|microphone 🎤|art 🎨|dart 🎯|game_die 🎲|puzzle_piece 🧩|jigsaw 🧩|magnet 🧲|scales ⚖️|balance_scale ⚖️|bellhop_bell 🛎️|door 🚪|bed 🛏️|hospital 🏥|ambulance 🚑|pill 💊|syringe 💉|accept 🉑|secret ㊙️|congratulations ㊗️
`;

const BY_NAME = new Map(TABLE.trim().split(/[|\n]/).map((entry) => entry.split(" ")));
const SKINS = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];

/** The picture for a short name without its colons ("wave", "wave::skin-tone-3"), or null. */
export function emojiFor(name) {
  const [base, skin] = name.split("::skin-tone-");
  const picture = BY_NAME.get(base);
  return picture ? picture + (SKINS[Number(skin)] || "") : null;
}

/** Replace known :names: in a plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) => emojiFor(name) ?? whole);
}
